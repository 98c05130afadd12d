"""What becomes of every code that a document can cause: refused here, impossible as we write, or the authority's alone.

docs/paraguay/rules-coverage.md is made from this file, the rules and the table of codes (data/codigos.tsv); a test
demands that each code in force stands in exactly one place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from emitir.paraguay.eventos.coverage import EVENT_AUTHORITY, EVENT_BY_CONSTRUCTION, EVENT_ENFORCED
from emitir.paraguay.rules import all_rules

_TABLE = Path(__file__).parent.parent / "data" / "codigos.tsv"

#: Codes that a field type or the check of the company tells (fields.py, emisor.py).
BY_FIELD = {
    "1220": "obligaciones: código de la tabla 12",
    "1253": "empresa: dígito del RUC",
    "1255": "empresa: departamento, distrito y ciudad",
}

#: Reason to the codes that no document of ours can cause.
BY_CONSTRUCTION: dict[str, str] = {
    "El CDC se compone de los mismos datos que se escriben, con su dígito.": "1000 1003",
    "Siempre se escribe emisión normal con su literal.": "1050 1051",
    "El literal sale de la tabla de la DNIT, nunca de la solicitud.": (
        "1100 1203 1205 1211 1221 1265 1313 1352 1452 1502 1554 1602 1702 1806 1903 2103 2104 2310 2401 2410 "
        "2429 2602 2603"
    ),
    "Código y nombre del lugar salen juntos de la tabla.": (
        "1254 1257 1260 1325 1326 1329 2152 2155 2158 2202 2205 2208 2552 2555 2556 2558 2559 2561"
    ),
    "El grupo se escribe siempre en los documentos que lo llevan.": "1200 1202 1350 1500 1550 1700 1900 2350",
    "Contribuyente: se escribe el RUC; no contribuyente: el documento; nunca ambos.": "1302 1303 1305 1311 1334",
    "El número de casa se escribe siempre con la dirección (0 si no se indica).": "1330",
    "El porcentaje se escribe siempre con el descuento.": "1852 1860",
    "Se calcula aquí con la fórmula de la DNIT.": (
        "1857 1858 1859 1861 1909 1910 1911 1912 1913 1921 2353 2355 2357 2359 2362 2363 2364 2367 2369 2371 2373 "
        "2375 2377 2383 2384 2385 2386 2387 2388"
    ),
    "El subtotal se escribe siempre, también en cero.": "2352 2354 2356 2358 2366 2368 2370 2372 2374 2376 2382",
    "La descripción se escribe junto a su código, y solo con él.": "2309 2312 2424 2435",
    "El QR se compone del XML firmado, con la dirección del ambiente.": "2500 2502",
    "La condición del tipo de cambio sale de dónde se indicó.": "1209 1210",
    "El receptor de una autofactura es siempre el emisor.": "1315",
    "La naturaleza del transportista sale de si tiene RUC.": "2305",
    "La información adicional se imprime y no se escribe en el XML.": "2503",
}

#: Codes whose condition is refused under another code, which says better what to do.
SAME_AS = {
    "1310": "1335",
    "1319": "1333",
    "1704": "1706",
    "1705": "1703",
    "2151": "2101",
    "2201": "2101",
    "2251": "2101",
    "2255": "2254",
    "2301": "2101",
    "2302": "2307",
    "2405": "2402",
    "2418": "2419",
    "2426": "2402",
}

#: Reason to the codes that only the authority can decide.
AUTHORITY: dict[str, str] = {
    "Solo SIFEN sabe qué documentos ya aprobó.": "1001 1002",
    "Depende del reloj de SIFEN en el momento de recibir.": "1004 1005",
    "Depende del estado del timbrado en Marangatu.": "1102 1104 1107",
    "Solo SIFEN sabe qué números fueron inutilizados y qué serie sigue.": "1109 1110",
    "Depende del RUC del emisor en Marangatu.": "1250 1252 1261 1262 1264",
    "Depende del RUC de otro contribuyente en Marangatu.": "1306 1307 1308 1332 1603 2303 2304 2562",
    "Depende de lo que SIFEN guarda del documento asociado.": "2404 2417 2437 2438 2441 2442",
    "La revocación del certificado la sabe la autoridad; la vigencia se revisa antes de firmar.": "2450",
    "El CSC vigente lo sabe la autoridad.": "2501",
}


@dataclass(frozen=True, slots=True)
class Code:
    """A row of the table of result codes. ``ambito``: ``de``, ``evento`` or ``ws``."""

    code: str
    ambito: str
    estado: str
    vigente: bool
    message: str


@lru_cache(maxsize=1)
def table() -> dict[str, Code]:
    """Every result code of SIFEN."""
    rows = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, ambito, estado, vigente, message = line.split("\t")
            rows[code] = Code(code, ambito, estado, vigente == "sí", message)
    return rows


def enforced() -> dict[str, str]:
    """Codes that are refused before sending, each with the rules (or the field) that do it."""
    found: dict[str, str] = dict(BY_FIELD)
    for rule in all_rules():
        module = rule.check.__module__.rpartition(".")[2]
        for code in rule.codes:
            name = f"{module}.{rule.name}"
            found[code] = f"{found[code]}, {name}" if code in found else name
    return found


def _reasons(groups: dict[str, str]) -> dict[str, str]:
    return {code: reason for reason, codes in groups.items() for code in codes.split()}


def statuses() -> Iterator[tuple[Code, str, str]]:
    """Every code of documents with ``enforced``, ``by_construction``, ``authority``, ``repealed`` or ``missing``."""
    here, never, theirs = enforced(), _reasons(BY_CONSTRUCTION), _reasons(AUTHORITY)
    for row in table().values():
        if row.ambito != "de":
            continue
        if not row.vigente:
            yield row, "repealed", "Derogada por una Nota Técnica."
        elif row.code in here:
            yield row, "enforced", here[row.code]
        elif row.code in SAME_AS:
            yield row, "enforced", f"con el código {SAME_AS[row.code]}: {here[SAME_AS[row.code]]}"
        elif row.code in never:
            yield row, "by_construction", never[row.code]
        elif row.code in theirs:
            yield row, "authority", theirs[row.code]
        else:
            yield row, "missing", ""


def event_statuses() -> Iterator[tuple[Code, str, str]]:
    """The same for every code of events."""
    never, theirs = _reasons(EVENT_BY_CONSTRUCTION), _reasons(EVENT_AUTHORITY)
    for row in table().values():
        if row.ambito != "evento":
            continue
        if not row.vigente:
            yield row, "repealed", "Derogada por una Nota Técnica."
        elif row.code in EVENT_ENFORCED:
            yield row, "enforced", EVENT_ENFORCED[row.code]
        elif row.code in never:
            yield row, "by_construction", never[row.code]
        elif row.code in theirs:
            yield row, "authority", theirs[row.code]
        else:
            yield row, "missing", ""


_MEANINGS = {
    "enforced": "se rechaza antes de enviar, con el código, la propiedad y qué hacer",
    "by_construction": "nada de lo que Emitir escribe puede causarlo",
    "authority": "solo la DNIT puede decidirlo",
    "repealed": "la DNIT ya no lo aplica",
}


def page() -> str:
    """docs/paraguay/rules-coverage.md."""
    documents, events = list(statuses()), list(event_statuses())
    counts = "\n".join(
        f"| `{name}` | {_count(documents, name)} | {_count(events, name)} | {meaning} |"
        for name, meaning in _MEANINGS.items()
    )
    return f"""\
# SIFEN: qué pasa con cada código de rechazo

<!-- Generado con «make docs» a partir de core/emitir/paraguay: no lo edite a mano. -->

Los códigos del Manual Técnico v150 y las Notas Técnicas 001 a 027 que un documento ({len(documents)}) o un evento
({len(events)}) puede causar.

| estado | documentos | eventos | qué significa |
|---|---|---|---|
{counts}

## Documentos

{_rows(documents)}
## Eventos

{_rows(events)}"""


def data() -> str:
    """docs/paraguay/rules-coverage.json: one row per code, as the page has them."""
    rows = [
        {"code": row.code, "of": row.ambito, "status": status, "message": row.message, "where": why}
        for row, status, why in (*statuses(), *event_statuses())
    ]
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n"


def _count(rows: list[tuple[Code, str, str]], name: str) -> int:
    return sum(status == name for _, status, _ in rows)


def _rows(rows: list[tuple[Code, str, str]]) -> str:
    head = "| código | estado | mensaje de la DNIT | dónde, o por qué |\n|---|---|---|---|\n"
    return head + "".join(
        f"| {row.code} | `{status}` | {row.message} | {why} |\n" for row, status, why in rows
    )
