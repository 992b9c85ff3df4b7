"""The people of the demo office. Their password is known to everybody, so they exist in a demo home only."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from service.accounts.users import add_user
from service.store.database import transaction
from service.store.tables import Role, User

PASSWORD = "don-thu-mau"  # noqa: S105 (printed on the console, for the demo only)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody to sign in as; `job` is what the console says about them."""

    login: str
    name: str
    role: Role
    job: str
    unit_code: str | None = None
    sees_denunciations: bool = False


ACCOUNTS = (
    Account("vanthu", "Nguyễn Văn Thư", Role.CLERK, "Văn thư: nhận và soát đơn, không xem được đơn tố cáo"),
    Account("vanthu2", "Trần Thị Mật", Role.CLERK, "Văn thư được xem đơn tố cáo", sees_denunciations=True),
    Account("canbo", "Lê Công Việc", Role.HANDLER, "Cán bộ xử lý của Văn phòng", "VP"),
    Account("kinhte", "Phạm Hạ Tầng", Role.HANDLER, "Cán bộ xử lý của Phòng Kinh tế", "P_KTHTDT"),
    Account("lanhdao", "Vũ Thị Lãnh", Role.LEAD, "Lãnh đạo, xem được mọi đơn", "VP", sees_denunciations=True),
    Account("quantri", "Hoàng Quản Trị", Role.ADMIN, "Quản trị người dùng và hệ thống"),
)


def ensure_accounts() -> None:
    """Create those accounts that are not there yet."""
    with transaction() as session:
        known = set(session.scalars(sa.select(User.login)))
        for account in ACCOUNTS:
            if account.login not in known:
                add_user(
                    session,
                    account.login,
                    account.name,
                    PASSWORD,
                    account.role,
                    unit_code=account.unit_code,
                    sees_denunciations=account.sees_denunciations,
                )
