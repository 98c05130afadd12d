"""Concepts of catalog 55: what each is told with, the form of its value, and which operation asks for which.

Sheets Factura2_0 and Boleta2_0, fields 30 and 95 to 173 (SUNAT, 2026-02-12).
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exigencia:
    """A concept that an operation asks for: its code and SUNAT's rule when it is missing."""

    concepto: str
    regla: str


def _all(**codes: str) -> tuple[Exigencia, ...]:
    return tuple(Exigencia(name.lstrip("c"), rule) for name, rule in codes.items())


#: Operation (catalog 51) to what every line of it tells.
EN_CADA_LINEA: dict[str, tuple[Exigencia, ...]] = {
    "1002": _all(c3001="3063", c3002="3130", c3003="3131", c3004="3132", c3005="3134", c3006="3133"),
    "0202": _all(
        c4009="3136", c4008="3137", c4000="3138", c4007="3139", c4001="3140", c4002="3141", c4003="3142",
        c4004="3143", c4006="3144", c4005="3145",
    ),
    "0205": _all(c4000="3138", c4007="3139", c4008="3137", c4009="3136"),
    "0301": _all(c4030="3168", c4031="3169", c4032="3170", c4033="3171"),
    "0302": _all(
        c4040="3159", c4041="3160", c4049="3204", c4042="3161", c4043="3162", c4044="3163", c4045="3164",
        c4046="3165", c4047="3166", c4048="3167",
    ),
}  # fmt: skip
#: Operation to what at least one of its lines tells.
EN_ALGUNA_LINEA: dict[str, tuple[Exigencia, ...]] = {
    "2105": _all(c7017="2595", c7018="2596", c7019="2597"),
    "2104": _all(c7015="3242"),
    **dict.fromkeys(("2100", "2101", "2102"), _all(c7004="3241", c7005="3241", c7012="3241")),
}
#: What a line with the product code of a mortgage tells, and what it tells besides when 7002 is 3.
HIPOTECA = "84121901"
DE_HIPOTECA = _all(c7001="3150", c7004="3152", c7005="3153")
DE_PRIMERA_VIVIENDA = _all(c7003="3151", c7006="3154", c7007="3155")
#: Concepts of sales to the State: all or none of them.
DEL_ESTADO = _all(c5000="3146", c5001="3147", c5002="3148", c5003="3149")

FECHAS = frozenset({"3005", "3059", "4002", "4003", "4004", "4006", "4048"})
HORAS = frozenset({"3060", "4047"})
CANTIDAD, DIAS, VIGENCIA, INTERES = "3006", "4005", "7014", "7019"
#: Concepts whose value is a code of a catalog.
DE_CATALOGO = {
    **dict.fromkeys(("3053", "4008", "4041"), "06"),
    **dict.fromkeys(("3055", "3057", "4030", "4032", "4042", "4044", "7006"), "13"),
    **dict.fromkeys(("4000", "4001"), "04"),
    "7001": "26",
    "7002": "27",
}
#: Shortest and longest value of the others (rule 4280).
LARGOS = {
    **dict.fromkeys(("3050", "4049", "5000"), (1, 20)),
    **dict.fromkeys(("3054", "3056", "3058", "4007", "4031", "4033", "4040", "4043", "4045"), (3, 200)),
    **dict.fromkeys(("7007", "7008", "7009", "7010", "7011"), (3, 200)),
    **dict.fromkeys(("3002", "3004", "4046"), (1, 100)),
    **dict.fromkeys(("5002", "5003"), (1, 30)),
    **dict.fromkeys(("7003", "7004"), (3, 50)),
    "3001": (1, 15),
    "3003": (1, 150),
    "3051": (3, 20),
    "3052": (3, 15),
    "4009": (3, 20),
    "5001": (1, 10),
    "7013": (1, 50),
    "7017": (1, 12),
}
#: Forms of some values (rules 4280 and 4202).
FORMAS = {
    "7005": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "7012": re.compile(r"(?!0+(\.0+)?$)[0-9]{1,15}(\.[0-9]{1,2})?"),
    "7015": re.compile(r"[123]"),
    "7016": re.compile(r"(?!0+(\.0+)?$)[0-9]{1,15}(\.[0-9]{1,2})?"),
    "7018": re.compile(r"[0-9]{4}-?(0[1-9]|1[0-2])"),
    "7021": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{3}-[0-9]{6}"),
}
