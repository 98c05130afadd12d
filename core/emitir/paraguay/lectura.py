"""The QR of a KuDE and the CDC as people write it, read back (spec.md §3 and §8).

The QR is an address of the DNIT. What it says is compared with what was issued; its seal (cHashQR) cannot be checked
here, since only the issuer and the DNIT know the CSC that it was made with.
"""

from __future__ import annotations

import binascii
import re
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qs, urlsplit

from emitir import error_codes as codes
from emitir.country_facts import QrFacts
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.paraguay.cdc import Cdc, parse

#: In groups of four, as it is printed, or in one piece.
_CDC = re.compile(r"[0-9]{9}[0-9A-D][0-9]{34}", re.ASCII)
_HOST = "ekuatia.set.gov.py"


def cdc_in(text: str) -> str:
    """The CDC that a text is; empty for any other."""
    whole = re.sub(r"[\s.-]", "", text).upper()
    return whole if _CDC.fullmatch(whole) else ""


def looks_like_qr(text: str) -> bool:
    """Whether ``text`` is meant to be the QR of a KuDE, or a CDC."""
    return bool(cdc_in(text)) or _host(text) == _HOST


def _host(text: str) -> str:
    """The host of an address; empty for what is none."""
    try:
        return urlsplit(text.strip()).hostname or ""
    except ValueError:
        return ""


def read_qr(text: str) -> QrFacts:
    """What it says; a CDC alone tells neither total nor digest. Raises EmitirError with every field that cannot be."""
    alone = cdc_in(text)
    fields = {} if alone else _fields(text)
    problems: list[Problem] = []
    cdc = parse(alone or fields.get("Id", ""))
    if cdc is None:
        message = N_("El CDC {valor} no es válido: un dígito verificador o la fecha no corresponde.")
        problems.append(_wrong(message, alone or fields.get("Id", "")))
    total, digest = None, ""
    if not alone:
        total = _amount(fields.get("dTotGralOpe", ""))
        if total is None:
            problems.append(_wrong(N_("El total {valor} no es válido."), fields.get("dTotGralOpe", "")))
        digest = _unhex(fields.get("DigestValue", ""))
        if not digest:
            problems.append(_wrong(N_("La firma {valor} no es válida."), fields.get("DigestValue", "")))
        day = _unhex(fields.get("dFeEmiDE", ""))[:10]
        if cdc is not None and day != cdc.fecha.isoformat():
            problems.append(_wrong(N_("La fecha {valor} no es la del CDC."), day))
    if problems or cdc is None:
        raise EmitirError(problems)
    return _facts(cdc, alone or fields["Id"], total, fields, digest)


def _facts(cdc: Cdc, code: str, total: Decimal | None, fields: dict[str, str], digest: str) -> QrFacts:
    return QrFacts(
        ruc=f"{cdc.ruc}-{cdc.dv}",
        tipo=cdc.tipo,
        serie=f"{cdc.establecimiento}-{cdc.punto}",
        numero=cdc.numero,
        fecha=cdc.fecha,
        total=total,
        receptor_numero=fields.get("dRucRec") or fields.get("dNumIDRec", ""),
        valor_resumen=digest,
        codigo_documento=code,
    )


def _fields(text: str) -> dict[str, str]:
    try:
        found = parse_qs(urlsplit(text.strip()).query, max_num_fields=30)
    except ValueError:
        return {}
    return {name: values[0].strip() for name, values in found.items()}


def _wrong(text: str, value: str) -> Problem:
    return Problem(codes.FORMATO_INVALIDO, text, "qr", {"valor": repr(value[:50])})


def _unhex(text: str) -> str:
    try:
        return binascii.unhexlify(text).decode("ascii")
    except (binascii.Error, ValueError):
        return ""


def _amount(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value < Decimal(10) ** 15 else None
