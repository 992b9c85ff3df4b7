"""`donthu train` and `donthu evaluate`."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli.console import CommandError, console, print_json


def train(
    as_json: Annotated[bool, typer.Option("--json", help="Kết quả dạng JSON.")] = False,
) -> None:
    """Huấn luyện lại các mô hình; mô hình mới kém hơn ở bất cứ loại nào thì không được dùng."""
    from models import train as train_models
    from models.promotion import PromotionError
    from service.cli.progress import bar

    try:
        with bar("Huấn luyện", 1) as advance:
            report = train_models(progress=lambda done, total, _: advance(done / total))
    except PromotionError as error:
        worse = "; ".join(error.worse)
        raise CommandError(f"Mô hình mới kém hơn nên không dùng, mô hình cũ giữ nguyên: {worse}") from error
    if as_json:
        print_json(report.to_json())
    else:
        console.print(f"Mô hình {report.version}: {report.letters} đơn, lưu ở {report.folder}.", markup=False)


def evaluate(
    as_json: Annotated[bool, typer.Option("--json", help="Kết quả dạng JSON.")] = False,
) -> None:
    """Chấm mô hình đang dùng trên bộ đơn chuẩn."""
    from models import evaluate as evaluate_models

    report = evaluate_models()
    print_json(report.to_json()) if as_json else console.print(report.table(), markup=False, soft_wrap=True)
