"""Routes of the back office. Every change is a form that is posted, from a page of ours and by no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlsplit

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from emitir.engine.empresas.company import Company
from emitir.engine.empresas.sessions import LIFETIME
from emitir.error_codes import NO_AUTORIZADO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.service.incoming import discard, read_body
from emitir.service.negotiation import language_of
from emitir.service.panel.pages import code_page, entry_page, links_page
from emitir.service.ports import Engine

COOKIE = "emitir_panel"
#: Bytes of a form.
_LARGEST = 10_000

Form = Mapping[str, str]
#: What a button does for the company that is logged in.
Action = Callable[[Engine, Company, Form, str], Response]


def panel_routes(app: FastAPI, engine: Engine) -> None:
    """Add them to ``app``, before the route that takes every path."""

    async def show(request: Request) -> Response:
        request.state.route = "/panel"
        return await run_in_threadpool(_show, request, engine)

    async def post(request: Request) -> Response:
        request.state.route = "/panel"
        try:
            form = _fields(await read_body(request, _LARGEST))
            return await run_in_threadpool(_post, request, engine, form)
        except EmitirError as error:
            await discard(request)
            request.state.codigo_error = error.code
            language = language_of(request.headers)
            return entry_page(error.problems[0].message(language), language, inside=True)

    app.add_route("/panel", show, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_route("/panel/{action}", post, methods=["POST"], include_in_schema=False)


def _show(request: Request, engine: Engine) -> Response:
    language = language_of(request.headers)
    try:
        company = _company(request, engine)
    except EmitirError:
        return entry_page("", language)
    return links_page(company, engine.links.of_company(company), language)


def _post(request: Request, engine: Engine, form: Form) -> Response:
    """Raises EmitirError: nobody is logged in, or what the action says."""
    _check_origin(request)
    name = request.path_params["action"]
    if name == "entrar":
        return _enter(request, engine, form)
    if name == "salir":
        answer = _home()
        answer.delete_cookie(COOKIE, path="/")
        return answer
    company = _company(request, engine)
    action = _ACTIONS.get(name)
    if action is None:
        return _home()
    language = language_of(request.headers)
    try:
        return action(engine, company, form, language)
    except EmitirError as error:
        request.state.codigo_error = error.code
        problem = error.problems[0].message(language)
        return links_page(company, engine.links.of_company(company), language, problem)


def _enter(request: Request, engine: Engine, form: Form) -> Response:
    access = engine.access(form.get("uuid", "").strip().lower(), form.get("token", "").strip())
    if access.rol:  # a linked chat is no administrator
        raise EmitirError(Problem(NO_AUTORIZADO, N_("El UUID o el token no es correcto.")))
    answer = _home()
    answer.set_cookie(
        COOKIE,
        engine.sessions.open(access.company),
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        secure=_is_https(request),
        httponly=True,
        samesite="strict",
    )
    return answer


def _new_code(engine: Engine, company: Company, form: Form, language: str) -> Response:
    code = engine.links.new_code(company, form.get("rol", ""))
    bots = engine.bots.list()
    return code_page(company, code, bots[-1].deep_link(code.codigo) if bots else "", language)


def _revoke(engine: Engine, company: Company, form: Form, language: str) -> Response:
    engine.links.revoke(company, form.get("vinculo", ""))
    return _home()


_ACTIONS: Mapping[str, Action] = {"codigo": _new_code, "terminar": _revoke}


def _company(request: Request, engine: Engine) -> Company:
    company = engine.sessions.company(request.cookies.get(COOKIE, ""))
    request.state.company = company.uuid
    return company


def _home() -> Response:
    return RedirectResponse("../panel", 303)


def _fields(body: bytes) -> Form:
    found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in found.items()}


def _is_https(request: Request) -> bool:
    return request.headers.get("x-forwarded-proto", request.url.scheme).split(",")[0].strip() == "https"


def _check_origin(request: Request) -> None:
    """Beside the cookie's SameSite: a form of another site is refused even by a browser that is old."""
    origin = request.headers.get("origin", "")
    hosts = {request.headers.get("host", ""), request.headers.get("x-forwarded-host", "")}
    foreign = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    if foreign or (origin and urlsplit(origin).netloc not in hosts):
        raise EmitirError(Problem(NO_AUTORIZADO, N_("La sesión terminó: vuelva a entrar.")))
