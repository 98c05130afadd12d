"""The sandbox as an ASGI application."""

from __future__ import annotations

import threading

from fastapi import FastAPI

from emitir.sandbox.calls import Desk
from emitir.sandbox.clock import MovableClock
from emitir.sandbox.control import control
from emitir.sandbox.faults import FaultBox
from emitir.sandbox.sifen.routes import sifen_routes
from emitir.sandbox.store import Store
from emitir.sandbox.sunat.routes import routes


def create_app(store: Store, stopping: threading.Event) -> FastAPI:
    """The application over ``store``. ``stopping`` is set when the server goes down."""
    desk = Desk(store, MovableClock(store), FaultBox(), stopping)
    app = FastAPI(title="Emitir: sandbox", openapi_url=None)
    app.include_router(control(desk))
    app.include_router(routes(desk))
    app.include_router(sifen_routes(desk))
    return app
