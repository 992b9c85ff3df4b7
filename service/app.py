"""The web application: API and pages in one process."""

from __future__ import annotations

from fastapi import FastAPI

from service.api import health, router
from service.api.problems import add_problem_handlers
from service.web import pages


def create_app() -> FastAPI:
    """The application, ready to be served; expects a migrated database."""
    app = FastAPI(
        title="Đơn Thư",
        version="0.1.0",
        docs_url="/api/docs",
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.include_router(health.router)
    app.include_router(router.router, prefix="/api/v1")
    pages.mount(app)
    add_problem_handlers(app, web=pages.error_page)
    return app
