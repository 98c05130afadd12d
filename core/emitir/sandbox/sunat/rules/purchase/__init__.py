"""Liquidación de compra (04): sheet LiquidacionCompra2_0.

Its issuer is the buyer: the parties stand under each other's names, and are given back the names that the rules of
facturas know before these are asked. Where SUNAT judges it as it judges a boleta, the boleta's own rules are taken.
"""

from __future__ import annotations

from emitir.sandbox.sunat.rules import (
    advances as of_advances,
)
from emitir.sandbox.sunat.rules import (
    attributes,
    charges,
    identity,
    legends,
    line_taxes,
    other_taxes,
    references,
    signature_block,
    tax_totals,
)
from emitir.sandbox.sunat.rules import (
    header as of_header,
)
from emitir.sandbox.sunat.rules import (
    lines as of_lines,
)
from emitir.sandbox.sunat.rules import (
    parties as of_parties,
)
from emitir.sandbox.sunat.rules import (
    totals as of_totals,
)
from emitir.sandbox.sunat.rules.purchase import advances, header, lines, parties, totals
from emitir.sandbox.sunat.rules.table import Table, code_set

#: The codes of a boleta's sheet that stand in that of liquidaciones and say the same there.
_SHARED = code_set("""
    1003 1004 1007 1008 1034 1035 1036 1037 2010 2011 2014 2015 2021 2023 2024 2025 2026 2027 2028 2031 2033 2036
    2037 2040 2048 2052 2054 2062 2068 2070 2072 2073 2074 2075 2076 2077 2078 2079 2080 2081 2082 2083 2364 2365
    2367 2369 2370 2371 2377 2409 2410 2416 2503 2509 2520 2529 2640 2641 2752 2883 2936 2956 2961 2964 2968 2992
    2993 2996 2999 3000 3003 3006 3007 3014 3019 3020 3021 3024 3026 3027 3031 3051 3059 3067 3068 3071 3072 3088
    3089 3090 3102 3103 3109 3110 3111 3195 3205 3206 3211 3212 3217 3220 3224 3234 4005 4006 4010 4022 4023 4024
    4041 4092 4093 4094 4095 4096 4097 4098 4244 4251 4252 4253 4254 4255 4256 4257 4258 4259 4260 4261 4269 4287
    4288 4290 4293 4296 4297 4298 4299 4301 4304 4306 4309 4310 4311 4314 4332 4337 4338
    """)


def _shared(*tables: Table) -> tuple[Table, ...]:
    return tuple(table.lend(_SHARED, "04") for table in tables)


PURCHASE_IDENTITY: tuple[Table, ...] = (header.IDENTITY, *_shared(identity.TABLE))

PURCHASE: tuple[Table, ...] = (
    *_shared(signature_block.TABLE, of_header.TABLE),
    header.TABLE,
    *_shared(of_parties.TABLE),
    parties.TABLE,
    *_shared(references.TABLE),
    advances.REFERENCES,
    *_shared(of_lines.TABLE, line_taxes.TABLE, other_taxes.TABLE),
    lines.TABLE,
    *_shared(tax_totals.TABLE, charges.TABLE),
    totals.TABLE,
    *_shared(of_totals.TABLE, legends.TABLE, of_advances.TABLE),
    advances.TABLE,
    *_shared(attributes.TABLE),
)
