"""`donthu user add`, `donthu user password`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from service.cli.console import CommandError, console
from service.store.states import Role

user = typer.Typer(help="Tài khoản.", no_args_is_help=True)


@user.command("add")
def add(
    login: Annotated[str, typer.Argument(help="Tên đăng nhập.")],
    role: Annotated[Role, typer.Option(help="Vai trò.")],
    name: Annotated[str, typer.Option(help="Họ tên.")] = "",
    unit: Annotated[str | None, typer.Option(help="Mã đơn vị (với cán bộ xử lý).")] = None,
    denunciations: Annotated[bool, typer.Option(help="Được xem đơn tố cáo.")] = False,
    password_stdin: Annotated[bool, typer.Option(help="Đọc mật khẩu từ đầu vào chuẩn.")] = False,
) -> None:
    """Thêm một tài khoản; mật khẩu được hỏi, không nằm trong lệnh."""
    from service.accounts.users import add_user
    from service.office import unit_names
    from service.store.database import transaction
    from service.store.migrate import migrate

    if unit is not None and unit not in unit_names():
        raise CommandError(f"Không có đơn vị “{unit}”. Các đơn vị: {', '.join(unit_names())}.")
    if role == Role.HANDLER and unit is None:
        raise CommandError("Cán bộ xử lý phải thuộc một đơn vị: thêm --unit.")
    password = _password(password_stdin)
    migrate()
    with transaction() as session:
        added = add_user(
            session, login, name, password, role, unit_code=unit, sees_denunciations=denunciations
        )
    console.print(f"Đã thêm tài khoản {added.login}.", markup=False)


@user.command("password")
def password(
    login: Annotated[str, typer.Argument(help="Tên đăng nhập.")],
    password_stdin: Annotated[bool, typer.Option(help="Đọc mật khẩu từ đầu vào chuẩn.")] = False,
) -> None:
    """Đặt mật khẩu mới cho một tài khoản; mọi phiên đang mở của tài khoản đó kết thúc."""
    import sqlalchemy as sa

    from service.accounts.users import set_password
    from service.store.database import transaction
    from service.store.migrate import migrate
    from service.store.tables import User

    given = _password(password_stdin)
    migrate()
    with transaction() as session:
        found = session.scalar(sa.select(User).where(User.login == login.strip().lower()))
        if found is None:
            raise CommandError(f"Không có tài khoản “{login}”.")
        set_password(session, found, given, None)
    console.print(f"Đã đặt mật khẩu mới cho {found.login}.", markup=False)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = typer.prompt("Mật khẩu", hide_input=True, confirmation_prompt="Nhập lại mật khẩu")
    return typed
