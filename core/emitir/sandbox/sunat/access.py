"""Who may send: WS-Security UsernameToken and whose documents (codes 0101 to 0154).

Any user and any password is good, but for the names below: they exist so that a test can ask for each refusal.
"""

from __future__ import annotations

from emitir.sandbox.sunat.envelope import Request
from emitir.sandbox.sunat.lists import Lists
from emitir.sandbox.sunat.refusal import Refusal

#: The one password that is always wrong.
WRONG_PASSWORD = "incorrecta"  # noqa: S105 -- a word for tests, no secret

#: SOL users (after the RUC) that are refused, and with what.
REFUSED_USERS = {
    "NOEXISTE": "0103",
    "INACTIVO": "0105",
    "SINPERFIL": "0111",
    "PRINCIPAL": "0112",
    "SINAFILIAR": "0113",
}


def user_ruc(request: Request) -> str:
    """The RUC of who calls. Raises Refusal when the credentials are not good."""
    if not request.has_security or not request.username:
        raise Refusal("0101", node="wsse:UsernameToken")
    ruc, user = request.username[:11], request.username[11:]
    if not (ruc.isascii() and ruc.isdigit() and len(ruc) == 11) or not user:
        raise Refusal("0106", node="wsse:Username", value=request.username)
    if user.upper() in REFUSED_USERS:
        raise Refusal(REFUSED_USERS[user.upper()], node="wsse:Username", value=request.username)
    if not request.password or request.password == WRONG_PASSWORD:
        raise Refusal("0102", node="wsse:Password")
    return ruc


def check_owner(caller: str, ruc: str, lists: Lists) -> None:
    """Only the issuer, or a provider that SUNAT knows, sends its files. Raises Refusal 0154."""
    if caller != ruc and caller not in lists.proveedores:
        raise Refusal("0154", node="fileName", value=ruc)
