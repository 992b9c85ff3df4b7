"""A page that lists the API, made here from its OpenAPI description: nothing is fetched from elsewhere."""

from __future__ import annotations

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

HEAD = """<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>API Đơn Thư</title>
<h1>API Đơn Thư</h1>
<p>Mô tả đầy đủ cho máy: <a href="/api/openapi.json">openapi.json</a>. Lỗi trả về theo RFC 9457
(<code>application/problem+json</code>). Phần mềm khác gọi bằng
<code>Authorization: Bearer donthu_…</code>; trình duyệt dùng cookie và gửi kèm <code>X-CSRF-Token</code>.</p>
"""


@router.get("/api/docs")
def documentation(request: Request) -> HTMLResponse:
    """The list of calls, with parameters and answers."""
    return HTMLResponse(HEAD + "".join(_call(*entry) for entry in _calls(request.app.openapi())) + "</html>")


def _calls(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def _call(method: str, path: str, operation: dict[str, Any]) -> str:
    parts = [
        f"<section><h2><code>{method} {escape(path)}</code></h2>",
        f"<p><strong>{escape(operation.get('summary', ''))}</strong></p>",
        f"<p>{escape(operation.get('description', ''))}</p>",
        _parameters(operation.get("parameters", [])),
        _schemas("Gửi lên", operation.get("requestBody", {}).get("content", {})),
    ]
    answers = {code: answer for code, answer in operation["responses"].items() if code.startswith("2")}
    parts += [_schemas(f"Trả về {code}", answer.get("content", {})) for code, answer in answers.items()]
    return "".join([*parts, "</section>"])


def _parameters(parameters: list[dict[str, Any]]) -> str:
    if not parameters:
        return ""
    items = "".join(
        f"<li><code>{escape(entry['name'])}</code> ({entry['in']}"
        f"{', bắt buộc' if entry.get('required') else ''}) {escape(entry.get('description', ''))}</li>"
        for entry in parameters
    )
    return f"<ul>{items}</ul>"


def _schemas(title: str, content: dict[str, Any]) -> str:
    names = [f"{media}: {_name(body.get('schema', {}))}" for media, body in content.items()]
    return f"<p>{title}: <code>{escape('; '.join(names))}</code></p>" if names else ""


def _name(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if schema.get("type") == "array":
        return f"[{_name(schema.get('items', {}))}]"
    return str(schema.get("title") or schema.get("type") or "")
