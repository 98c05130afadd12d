"""The control paths ``/_sandbox/``: what the sandbox saw, and how it is to behave. Not part of any authority."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Body
from starlette.responses import JSONResponse, Response

from emitir.sandbox.calls import Desk
from emitir.sandbox.faults import Fault
from emitir.sandbox.records import Registered
from emitir.sandbox.sunat.lists import Lists, reset_lists, save_lists
from emitir.sandbox.sunat.mode import Mode, reset, save_mode

#: Operations that bring documents: what ``sendings`` counts.
_SENDING = ("sendBill", "sendSummary", "sendPack", "enviarGuia")


def control(desk: Desk) -> APIRouter:
    """The router of the control paths."""
    router = APIRouter(prefix="/_sandbox")
    _seen(router, desk)
    _behaviour(router, desk)
    return router


def _seen(router: APIRouter, desk: Desk) -> None:
    store = desk.store

    @router.get("/health")
    def health() -> dict[str, Any]:
        return {"estado": "ok", "hora": desk.clock.now().isoformat()}

    @router.get("/log")
    def log(operation: str | None = None, file_name: str | None = None) -> list[dict[str, Any]]:
        return [call for call in desk.up_to_date().calls(file_name) if operation in (None, call["operation"])]

    @router.get("/documents")
    def documents() -> list[dict[str, Any]]:
        return [_document(document) for document in desk.up_to_date().documents()]

    @router.get("/documents/{name}")
    def document(name: str) -> Response:
        calls = desk.up_to_date().calls(name)
        found, tickets = _find(name), store.tickets_of_file(name)
        if found is None and not calls and not tickets:
            return JSONResponse({"error": "nunca llegó un archivo con ese nombre"}, status_code=404)
        sendings = [call for call in calls if call["operation"] in _SENDING]
        return JSONResponse(
            {
                "name": name,
                "sendings": len(sendings),
                "distinct_sha256": sorted({call["sha256"] for call in sendings if call["sha256"]}),
                "registered": _document(found) if found else None,
                "tickets": [
                    {"ticket": ticket.ticket, "status_code": ticket.status_code, "ready_at": ticket.ready_at}
                    for ticket in tickets
                ],
                "calls": calls,
            }
        )

    @router.get("/documents/{name}/xml")
    def xml(name: str) -> Response:
        return _bytes(_find(name), "xml")

    @router.get("/documents/{name}/cdr")
    def cdr(name: str) -> Response:
        return _bytes(_find(name), "cdr")

    @router.delete("/state")
    def clear() -> dict[str, str]:
        store.clear()
        return {"estado": "ok"}

    @router.delete("")
    def clear_all() -> dict[str, str]:
        """As a new sandbox: state, faults, clock, mode and lists; the key of the CDRs stays."""
        with store.transaction():
            store.clear()
            reset(store)
            reset_lists(store)
            desk.clock.move()
        desk.faults.clear()
        return {"estado": "ok"}

    def _find(name: str) -> Registered | None:
        return next((found for found in desk.up_to_date().documents() if found.name == name), None)


def _bytes(document: Registered | None, part: str) -> Response:
    if document is None:
        return JSONResponse({"error": "no está registrado"}, status_code=404)
    return Response(getattr(document, part), media_type="application/xml")


def _document(document: Registered) -> dict[str, Any]:
    names = (
        "name", "state", "code", "description", "sha256", "issue_date", "total", "currency", "informed_by",
        "registered_at",
    )  # fmt: skip
    return {name: getattr(document, name) for name in names}


def _behaviour(router: APIRouter, desk: Desk) -> None:
    @router.get("/faults")
    def faults() -> list[dict[str, Any]]:
        return desk.faults.listed()

    @router.post("/faults")
    def add_fault(body: dict[str, Any] = Body()) -> Response:  # noqa: B008 -- FastAPI's way
        try:
            desk.faults.add(Fault.from_request(body))
        except ValueError as error:
            return _wrong(error)
        return JSONResponse(desk.faults.listed(), status_code=201)

    @router.delete("/faults")
    def clear_faults() -> dict[str, str]:
        desk.faults.clear()
        return {"estado": "ok"}

    @router.get("/clock")
    def clock() -> dict[str, str]:
        return {"now": desk.clock.now().isoformat()}

    @router.post("/clock")
    def move_clock(body: dict[str, Any] = Body()) -> Response:  # noqa: B008 -- FastAPI's way
        try:
            _move(desk, body)
        except (ValueError, TypeError, OverflowError) as error:
            return _wrong(error)
        return JSONResponse({"now": desk.clock.now().isoformat()})

    @router.delete("/clock")
    def reset_clock() -> dict[str, str]:
        desk.clock.move()
        return {"now": desk.clock.now().isoformat()}

    @router.get("/mode")
    def mode() -> dict[str, Any]:
        return Mode.load(desk.store).as_dict()

    @router.post("/mode")
    def set_mode(body: dict[str, Any] = Body()) -> Response:  # noqa: B008 -- FastAPI's way
        try:
            return JSONResponse(save_mode(desk.store, body).as_dict())
        except ValueError as error:
            return _wrong(error)

    @router.delete("/mode")
    def reset_mode() -> dict[str, Any]:
        return reset(desk.store).as_dict()

    @router.get("/lists")
    def lists() -> dict[str, list[str]]:
        return Lists.load(desk.store).as_dict()

    @router.post("/lists")
    def set_lists(body: dict[str, Any] = Body()) -> Response:  # noqa: B008 -- FastAPI's way
        try:
            return JSONResponse(save_lists(desk.store, body).as_dict())
        except ValueError as error:
            return _wrong(error)


def _move(desk: Desk, body: dict[str, Any]) -> None:
    unknown = set(body) - {"now", "offset_seconds", "frozen"}
    if unknown or not body:
        raise ValueError("use now, offset_seconds o frozen")
    offset = body.get("offset_seconds")
    if offset is not None and not (isinstance(offset, int | float) and math.isfinite(offset)):
        raise ValueError("offset_seconds debe ser un número")
    now = datetime.fromisoformat(str(body["now"])) if body.get("now") else None
    desk.clock.move(now=now, offset_seconds=offset, frozen=bool(body.get("frozen")))


def _wrong(error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, status_code=422)
