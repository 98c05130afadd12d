"""The QR of a printed comprobante, read back (spec.md §14): fields between bars, in the order of the norm."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from emitir import error_codes as codes
from emitir.country_facts import QrFacts
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.peru.identity import is_ruc

#: RUC, tipo, serie, numero, IGV, total, fecha, tipo and number of the customer; the digest may follow.
_FIELDS = 9
_SERIE = re.compile(r"[A-Z0-9]{4}", re.ASCII)
_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")


def looks_like_qr(text: str) -> bool:
    """Whether ``text`` is meant to be such a QR."""
    first = text.split("|", 1)[0].strip()
    return text.count("|") >= _FIELDS - 1 and first.isdigit() and len(first) == 11


def read_qr(text: str) -> QrFacts:
    """Raises EmitirError with every field that cannot be."""
    fields = [part.strip() for part in text.strip().split("|")]
    ruc, tipo, serie, numero, igv, total, fecha, _, receptor = fields[:_FIELDS]
    problems = []
    if not is_ruc(ruc):
        problems.append(_wrong(codes.NUMERO_IDENTIDAD_INVALIDO, N_("El RUC {valor} no es válido."), ruc))
    if not _SERIE.fullmatch(serie):
        problems.append(_wrong(codes.FORMATO_INVALIDO, N_("La serie {valor} no es válida."), serie))
    if not (numero.isascii() and numero.isdigit() and 1 <= len(numero) <= 8):
        problems.append(_wrong(codes.FORMATO_INVALIDO, N_("El número {valor} no es válido."), numero))
    day, amount, tax = _day(fecha), _amount(total), _amount(igv)
    if day is None:
        problems.append(_wrong(codes.FORMATO_INVALIDO, N_("La fecha {valor} no es válida."), fecha))
    if amount is None:
        problems.append(_wrong(codes.FORMATO_INVALIDO, N_("El total {valor} no es válido."), total))
    if tax is None:
        problems.append(_wrong(codes.FORMATO_INVALIDO, N_("El IGV {valor} no es válido."), igv))
    if problems or day is None or amount is None or tax is None:
        raise EmitirError(problems)
    digest = fields[_FIELDS] if len(fields) > _FIELDS else ""
    return QrFacts(ruc, tipo.zfill(2), serie, int(numero), day, amount, receptor.strip("-"), digest)


def _wrong(code: str, text: str, value: str) -> Problem:
    return Problem(code, text, "qr", {"valor": repr(value[:30])})


def _day(text: str) -> date | None:
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def _amount(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value < Decimal(10) ** 15 else None
