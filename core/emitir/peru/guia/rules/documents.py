"""Papers that go with the goods (2692, 3340, 3345, 3346, 3352, 3380, 3381, 3403, 3408, 3409, 3440, 3441, 3445)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir import error_codes as codes
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.peru.catalogs import catalog
from emitir.peru.guia.model_partes import DocumentoDeGuia
from emitir.peru.guia.rules.finding import broken, found, identity, missing
from emitir.peru.guia.traslado import (
    ADUANA,
    COMPRA,
    CON_EMISOR,
    DE_VENTA,
    DECLARACIONES,
    DEVOLUCION,
    EXPORTACION,
    IMPORTACION,
    OTROS,
    VENTA,
    VENTA_A_TERCERO,
    Traslado,
)

_CORRELATIVO = "(?!0+$)[0-9]{1,8}"
_FORMAS = {
    "01": rf"(F[A-Z0-9]{{3}}|[0-9]{{1,4}}|E001)-{_CORRELATIVO}",
    "03": rf"(B[A-Z0-9]{{3}}|[0-9]{{1,4}}|EB01)-{_CORRELATIVO}",
    "04": rf"(L[A-Z0-9]{{3}}|[0-9]{{1,4}}|E001)-{_CORRELATIVO}",
    "09": rf"(T[A-Z0-9]{{3}}|[0-9]{{1,4}}|EG01|EG02|EG07)-{_CORRELATIVO}",
    "12": r"[a-zA-Z0-9-]{1,20}-[a-zA-Z0-9-]{1,20}",
    "31": rf"(V[A-Z0-9]{{3}}|[0-9]{{1,4}}|EG03|EG04)-{_CORRELATIVO}",
    "48": r"[0-9]{1,4}-(?!0+$)[0-9]{1,7}",
    "49": "(?!0+$)[0-9]{1,15}",
    "80": "(?!0+$)[0-9]{1,15}",
    "81": "[a-zA-Z0-9]{1,20}",
}
#: Régimen in the number of a declaration: of DAM and DS, by motive.
_REGIMEN = {
    ("50", IMPORTACION): "10",
    ("50", EXPORTACION): "40",
    ("52", IMPORTACION): "18",
    ("52", EXPORTACION): "48",
}
#: Papers of the customs motives, and those of a transportista that go in pairs.
_DE_ADUANA = frozenset({"09", "49", "50", "52", "80"})
_EN_PAR = frozenset({"31", "65", "66", "67", "68", "69"})


def form(one: DocumentoDeGuia, motivo: str) -> str:
    """The pattern of its number (rule 3441); anything without blanks where there is none."""
    if one.tipo in DECLARACIONES:
        regimen = _REGIMEN.get((one.tipo, motivo), "[0-9]{2}")
        return rf"[0-9]{{3}}-[0-9]{{4}}-{regimen}-[0-9]{{1,6}}"
    return _FORMAS.get(one.tipo, r"\S{1,100}")


def each(guia: Traslado) -> Iterator[Problem]:
    """Every paper by itself, and none twice."""
    allowed = "gre-r" if guia.de_remitente else "gre-t"
    seen: set[tuple[str, str]] = set()
    for number, one in enumerate(guia.documentos, 1):
        at = f"documentos_relacionados-{number}-"
        row = catalog("61").rows.get(one.tipo)
        if row is None or row.get(allowed) != "1":
            text = N_("El documento {tipo} no va en esta guía (catálogo 61).")
            yield found(codes.VALOR_NO_PERMITIDO, text, f"{at}tipo", "2692", tipo=one.tipo)
            continue
        if not one.numero:
            yield missing(f"{at}numero", "3403")
        elif not re.fullmatch(form(one, guia.motivo), one.numero, re.ASCII):
            text = N_("«{number}» no es el número de un documento {tipo}.")
            yield found(codes.FORMATO_INVALIDO, text, f"{at}numero", "3441", number=one.numero, tipo=one.tipo)
        if one.numero and (one.tipo, one.numero) in seen:
            yield broken(N_("El documento {number} está repetido."), f"{at}numero", "3340", number=one.numero)
        seen.add((one.tipo, one.numero))
        yield from _issuer(guia, one, f"{at}ruc")


def _issuer(guia: Traslado, one: DocumentoDeGuia, path: str) -> Iterator[Problem]:
    if one.tipo not in CON_EMISOR:
        return
    if not one.ruc:
        yield missing(path, "3380", N_("Indique el RUC de quien emitió el documento."))
        return
    yield from identity("6", one.ruc, path, "3409", "3408")
    expected = _expected(guia, one.tipo)
    if expected and one.ruc != expected:
        text = N_("Ese documento tiene que ser de {expected}.")
        yield broken(text, path, "3381", expected, expected=expected)


def _expected(guia: Traslado, tipo: str) -> str:
    """Whose the paper has to be (rule 3381)."""
    if guia.de_remitente is None:
        return ""
    motivo, own = guia.motivo, guia.emisor.ruc
    if tipo == "09" or (motivo in (VENTA, VENTA_A_TERCERO) and tipo in DE_VENTA):
        return own
    if motivo == COMPRA and tipo in ("04", "48"):
        return own
    return guia.destinatario.numero_doc if motivo == DEVOLUCION and tipo in DE_VENTA else ""


def customs(guia: Traslado) -> Iterator[Problem]:
    """3440, 3445: declarations go with imports and exports, and with nothing else."""
    if guia.de_remitente is None:
        return
    motivo, tipos = guia.motivo, guia.tipos()
    if motivo in ADUANA:
        if not tipos & DECLARACIONES:
            text = N_("En el motivo {motivo} va la DAM (50) o la DS (52) como documento relacionado.")
            yield broken(text, "documentos_relacionados", "3440", motivo=motivo)
        if tipos - _DE_ADUANA:
            text = N_("En el motivo {motivo} solo van los documentos 09, 49, 50, 52 y 80.")
            yield broken(text, "documentos_relacionados", "3445", motivo=motivo)
    elif motivo != OTROS and tipos & DECLARACIONES:
        text = N_("La DAM o DS va en los motivos 08 y 09.")
        yield broken(text, "documentos_relacionados", "3445")


def deposits(guia: Traslado) -> Iterator[Problem]:
    """3352: a deposit of detracción or IVAP is for goods with their partida arancelaria."""
    deposits = {"49", "80"} if guia.de_remitente else {"80"}
    listed = any(item.partida_arancelaria for item in guia.datos.items)
    if guia.tipos() & deposits and not guia.total_dam and not listed:
        text = N_("Con una constancia de depósito, algún bien lleva su partida arancelaria.")
        yield broken(text, "items", "3352")


def how_many(guia: Traslado) -> Iterator[Problem]:
    """3345, 3346: a transportista names one paper, two with a permit, several electronic guías."""
    if guia.de_transportista is None:
        return
    given, tipos = guia.datos.documentos_relacionados, guia.tipos()
    electronic = any(one.tipo == "09" and not one.numero[:1].isdigit() for one in given)
    if tipos & _EN_PAR:
        if len(given) > 2:
            text = N_("Con un permiso o una guía de transportista van hasta dos documentos relacionados.")
            yield broken(text, "documentos_relacionados", "3345")
    elif len(given) > 1 and not electronic:
        text = N_("Va un solo documento relacionado, salvo que sean guías electrónicas de remitente.")
        yield broken(text, "documentos_relacionados", "3346")
