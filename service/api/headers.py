"""The headers that protect the browser of whoever reads a letter; every answer carries them."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
# Letters are personal data: no cache may keep an answer unless its route says so. Styles and scripts are none.
NO_STORE = "no-store"
STATIC = "/static/"


def protect(headers: MutableHeaders, path: str) -> None:
    """Add what is missing; what a route has set itself stays."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if not path.startswith(STATIC):
        headers.setdefault("cache-control", NO_STORE)


class ProtectingHeaders:
    """Adds the headers to every answer that comes from inside."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                protect(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, protected)
