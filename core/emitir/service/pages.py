"""The few pages for people and for machines that watch: ``/``, ``/salud``, ``/metrics``, and "not found"."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from fastapi import FastAPI, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import HTMLResponse, JSONResponse, Response

from emitir import __version__
from emitir.engine.comprobante import Stuck
from emitir.i18n import N_, translate
from emitir.service.negotiation import language_of
from emitir.service.observe import Metrics
from emitir.service.ports import Engine

_STYLE = """
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5b6775;--line:#dfe4ea;--paper:#fff;--wash:#f5f7f9;--mark:#0b6e4f}
@media(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#9aa7b4;--line:#2d3742;--paper:#141a20;--wash:#1b232b;--mark:#4cc38a}}
*{box-sizing:border-box}body{margin:0;background:var(--wash);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
main{max-width:44rem;margin:12vh auto;padding:2.5rem;background:var(--paper);border:1px solid var(--line);border-radius:14px}
h1{margin:0 0 .6rem;font-size:1.7rem}p{margin:.4rem 0;color:var(--soft)}a{color:var(--mark)}
.state{display:inline-block;padding:.15rem .7rem;border-radius:1rem;background:var(--mark);color:#fff;font-size:.9rem}
.state.bad{background:#b3261e}ul{padding-left:1.1rem}
"""

#: Minutes after which a comprobante without a verdict is looked at.
_STUCK_MINUTES = 60.0

#: For every page of ours: no scripts from elsewhere, no frames, no guessing of types.
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def page_routes(app: FastAPI, engine: Engine, metrics: Metrics) -> None:
    """Add the pages to ``app``."""

    def status(request: Request) -> Response:
        request.state.route = "/"
        language = language_of(request.headers)
        well = not _look(engine)[0]
        state = N_("en servicio") if well else N_("con problemas")
        body = (
            f"<h1>Emitir {escape(__version__)}</h1>"
            f'<p><span class="state{"" if well else " bad"}">{escape(translate(state, language))}</span></p>'
            f"<p>{escape(translate(N_('Comprobantes electrónicos por HTTP.'), language))}</p>"
            f'<ul><li><a href="panel">{escape(translate(N_("Panel de la empresa"), language))}</a></li>'
            f'<li><a href="docs">{escape(translate(N_("Documentación de la API"), language))}</a></li>'
            f'<li><a href="salud">{escape(translate(N_("Estado para monitoreo"), language))}</a></li></ul>'
        )
        return page("Emitir", body, 200 if well else 503, language)

    def health(request: Request) -> Response:
        request.state.route = "/salud"
        trouble, waiting = _look(engine)
        answer = {
            "estado": "error" if trouble else "ok",
            "version": __version__,
            "problema": translate(trouble, language_of(request.headers)),
            "sin_respuesta": len(waiting),
            "fuera_de_plazo": sum(one.late for one in waiting),
        }
        return JSONResponse(answer, 503 if trouble else 200, {"Cache-Control": "no-store"})

    def numbers(request: Request) -> Response:
        request.state.route = "/metrics"
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    for path, endpoint in (("/", status), ("/salud", health), ("/metrics", numbers)):
        app.add_api_route(path, endpoint, methods=["GET", "HEAD"], include_in_schema=False)


def _look(engine: Engine) -> tuple[str, Sequence[Stuck]]:
    """What keeps the service from working (a marked sentence, or nothing), and what waits for a verdict."""
    try:
        waiting = engine.stuck(_STUCK_MINUTES)
    except SQLAlchemyError:
        return N_("La base de datos no responde."), ()
    return "" if engine.started else N_("Este proceso no envía comprobantes."), waiting


def page(title: str, body: str, http: int, language: str) -> Response:
    """A whole page; ``body`` is HTML."""
    html = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="robots" content="noindex"><style>{_STYLE}</style></head><body><main>{body}</main></body></html>'
    )
    return HTMLResponse(html, http, {**PAGE_HEADERS, "Cache-Control": "no-store"})


def not_found_page(text: str, language: str) -> Response:
    """The 404 of pages and downloads, in words. ``text``: marked Spanish sentence."""
    title = translate(N_("No encontrado"), language)
    return page(title, f"<h1>{escape(title)}</h1><p>{escape(translate(text, language))}</p>", 404, language)
