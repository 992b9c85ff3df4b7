"""The web application: API and pages in one process."""

from __future__ import annotations

from fastapi import FastAPI

from service.api import docs_page, health, router
from service.api.body_limit import LimitedBody
from service.api.headers import ProtectingHeaders
from service.api.problems import add_problem_handlers
from service.web import pages


def create_app() -> FastAPI:
    """The application, ready to be served; expects a migrated database."""
    app = FastAPI(
        title="Đơn Thư",
        version="0.1.0",
        docs_url=None,  # ours needs nothing from outside
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.include_router(health.router)
    app.include_router(docs_page.router)
    app.include_router(router.router, prefix="/api/v1")
    pages.mount(app)
    # The last one added is the outermost.
    add_problem_handlers(app, web=pages.error_page)
    app.add_middleware(LimitedBody)
    app.add_middleware(ProtectingHeaders)
    return app
