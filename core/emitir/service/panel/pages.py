"""The three pages of the back office: entry, the links of a company, a new code with its QR. Without scripts."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

from starlette.responses import Response

from emitir.engine.chats.link_codes import Code
from emitir.engine.chats.links import Link
from emitir.engine.chats.roles import CONTADOR, DUENO, VENDEDOR
from emitir.engine.empresas.company import Company
from emitir.i18n import N_, translate
from emitir.service.pages import page

ROLES = {DUENO: N_("Dueño"), CONTADOR: N_("Contador"), VENDEDOR: N_("Vendedor (no da de baja)")}
_STYLE = (
    "<style>form{margin:.8rem 0}label{display:block;margin:.6rem 0 .2rem}"
    "input,select,button{font:inherit;padding:.45rem .7rem;border:1px solid var(--line);border-radius:8px;"
    "background:var(--paper);color:var(--ink);max-width:100%}input{width:100%}"
    "button{background:var(--mark);color:#fff;border:0;cursor:pointer}button.soft{background:none;color:var(--mark);"
    "border:1px solid var(--line)}table{width:100%;border-collapse:collapse}td,th{text-align:left;padding:.4rem .2rem;"
    "border-bottom:1px solid var(--line)}td form{margin:0}.code{font:600 2rem ui-monospace,monospace;letter-spacing:.1em;"
    "color:var(--ink)}.qr{width:15rem;max-width:100%;background:#fff;padding:1rem;border-radius:10px}"
    ".bad{color:#b3261e}</style>"
)


def entry_page(problem: str, language: str, *, inside: bool = False) -> Response:
    """Asks for UUID and token. ``problem``: in words already; ``inside``: the address is one below ``/panel``."""
    say = _Say(language)
    base = "" if inside else "panel/"
    body = (
        f"{_STYLE}<h1>{say(N_('Panel de la empresa'))}</h1>{_told(problem)}"
        f"<p>{say(N_('Entre con el UUID y el token de la empresa: los dio el alta.'))}</p>"
        f'<form method="post" action="{base}entrar">'
        f'<label for="uuid">UUID</label><input id="uuid" name="uuid" autocomplete="username" required>'
        f'<label for="token">Token</label><input id="token" name="token" type="password" '
        f'autocomplete="current-password" required><p><button>{say(N_("Entrar"))}</button></p></form>'
    )
    return _page(body, 403 if problem else 200, language)


def links_page(company: Company, links: Sequence[Link], language: str, problem: str = "") -> Response:
    """Who sees the company in Telegram, and the way to one more. ``problem``: why what was asked was not done."""
    say = _Say(language)
    base = "" if problem else "panel/"
    rows = "".join(
        f"<tr><td>{escape(link.nombre)}</td><td>{say(ROLES[link.rol])}</td><td>{link.creado_en:%d/%m/%Y}</td>"
        f'<td><form method="post" action="{base}terminar"><input type="hidden" name="vinculo" value="{link.uuid}">'
        f'<button class="soft">{say(N_("Terminar"))}</button></form></td></tr>'
        for link in links
    )
    head = "".join(f"<th>{say(name)}</th>" for name in (N_("Persona"), N_("Rol"), N_("Desde")))
    table = (
        f"<table><tr>{head}<th></th></tr>{rows}</table>"
        if rows
        else f"<p>{say(N_('Ningún chat ve esta empresa.'))}</p>"
    )
    options = "".join(f'<option value="{name}">{say(text)}</option>' for name, text in ROLES.items())
    body = (
        f"{_STYLE}{_title(company)}<h2>{say(N_('Chats de Telegram'))}</h2>{_told(problem)}{table}"
        f'<form method="post" action="{base}codigo"><label for="rol">{say(N_("Vincular un chat como"))}</label>'
        f'<select id="rol" name="rol">{options}</select> <button>{say(N_("Dar un código"))}</button></form>'
        f'<form method="post" action="{base}salir"><button class="soft">{say(N_("Salir"))}</button></form>'
    )
    return _page(body, 400 if problem else 200, language)


def code_page(company: Company, code: Code, address: str, language: str) -> Response:
    """A code, shown this once. ``address``: of the bot with the code; empty when there is no bot."""
    say = _Say(language)
    shown = ""
    if address:
        from emitir.printing.qr import qr_svg

        picture = base64.b64encode(qr_svg(address, "M")).decode()
        alt = say(N_("Código QR del enlace"))
        shown = (
            f"<p>{say(N_('Léalo con el teléfono, o abra el enlace, o escriba el código al bot.'))}</p>"
            f'<p><img class="qr" alt="{alt}" src="data:image/svg+xml;base64,{picture}"></p>'
            f'<p><a href="{escape(address)}" rel="noreferrer">{escape(address)}</a></p>'
        )
    else:
        shown = f"<p>{say(N_('Escríbalo al bot. Todavía no hay ninguno en esta instalación.'))}</p>"
    body = (
        f"{_STYLE}{_title(company)}<h2>{say(ROLES[code.rol])}</h2>"
        f'<p class="code">{code.codigo[:4]}-{code.codigo[4:]}</p>{shown}'
        f"<p>{say(N_('Sirve una vez, durante 15 minutos.'))}</p>"
        f'<p><a href="../panel">{say(N_("Volver"))}</a></p>'
    )
    return _page(body, 200, language)


class _Say:
    """A marked text in the page's language, ready for HTML."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __call__(self, text: str) -> str:
        return escape(translate(text, self._language))


def _told(problem: str) -> str:
    return f'<p class="bad">{escape(problem)}</p>' if problem else ""


def _title(company: Company) -> str:
    return f"<h1>{escape(company.razon_social)}</h1><p>RUC {escape(company.ruc)} · {escape(company.ambiente)}</p>"


def _page(body: str, http: int, language: str) -> Response:
    answer = page("Emitir", body, http, language)
    policy = answer.headers["Content-Security-Policy"]
    answer.headers["Content-Security-Policy"] = policy.replace("form-action 'none'", "form-action 'self'")
    return answer
