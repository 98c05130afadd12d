"""Notas de crédito (07) and de débito (08): sheets NotaCredito2_0 and NotaDebito2_0.

Where SUNAT judges a nota as it judges a factura, the factura's own rules are taken, by their codes; the rest stands
in this folder. A nota that modifies facturas gets a factura's codes, any other those of a boleta.
"""

from __future__ import annotations

from emitir.sandbox.sunat.rules import (
    header as of_header,
)
from emitir.sandbox.sunat.rules import (
    identity,
    legends,
    line_taxes,
    other_taxes,
    parties,
    properties,
    references,
    signature_block,
    special,
    tax_totals,
)
from emitir.sandbox.sunat.rules import (
    lines as of_lines,
)
from emitir.sandbox.sunat.rules import (
    payment as of_payment,
)
from emitir.sandbox.sunat.rules import (
    totals as of_totals,
)
from emitir.sandbox.sunat.rules.notes import header, lines, modified, payment, totals
from emitir.sandbox.sunat.rules.notes.attributes import CREDIT_ATTRIBUTES, DEBIT_ATTRIBUTES
from emitir.sandbox.sunat.rules.table import Table, code_set

#: The codes of a factura's and a boleta's sheet that stand in both sheets of notas and say the same there.
_SHARED = code_set("""
    1034 1035 1036 1037 1083 2010 2011 2017 2021 2033 2036 2037 2040 2048 2052 2054 2062 2064 2070 2071 2072 2073
    2074 2075 2076 2077 2078 2079 2080 2081 2082 2083 2329 2364 2367 2369 2370 2371 2377 2409 2410 2638 2640 2641
    2752 2892 2936 2956 2961 2964 2992 2993 2996 2999 3000 3003 3006 3007 3020 3021 3024 3026 3027 3030 3031 3050
    3051 3059 3067 3068 3088 3102 3103 3104 3108 3109 3110 3111 3150 3151 3152 3153 3154 3155 3195 3210 3223 3224
    3236 3237 3238 3239 3243 3271 3272 3273 3274 3275 3276 3277 3291 3292 3293 3294 3295 3296 3297 3298 3299 3303
    3306 3462 4005 4006 4013 4014 4041 4092 4093 4094 4095 4096 4097 4098 4198 4199 4235 4237 4242 4318 4320 4332
    4333 4334 4335 4337 4338 4366 4439
    """)
#: Those that stand in the sheet of notas de débito only.
_SHARED_BY_DEBIT = code_set("3033 3034 3035 3037 3105 3127 3174 3208 3270 3302")
#: Forma de pago, in the sheet of notas de crédito only; errors whatever the nota modifies.
_SHARED_BY_CREDIT = code_set("3245 3248 3249 3250 3251 3252 3253 3254 3255 3256")


def _both(*tables: Table) -> tuple[Table, ...]:
    return tuple(table.lend(_SHARED, "07", "08") for table in tables)


NOTE_IDENTITY: tuple[Table, ...] = (header.IDENTITY, *_both(identity.TABLE))

NOTE: tuple[Table, ...] = (
    *_both(signature_block.TABLE, of_header.TABLE),
    header.HEADER,
    *_both(parties.TABLE),
    header.PARTIES,
    modified.CREDIT,
    modified.DEBIT,
    modified.AMOUNTS,
    *_both(references.TABLE),
    header.REFERENCES,
    header.CONCEPTS,
    *_both(of_lines.TABLE, properties.TABLE),
    lines.TABLE,
    lines.CREDIT,
    lines.DEBIT,
    *_both(line_taxes.TABLE, other_taxes.TABLE, tax_totals.TABLE),
    *(
        table.lend(_SHARED_BY_DEBIT, "08")
        for table in (of_lines.TABLE, line_taxes.TABLE, tax_totals.TABLE, special.TABLE)
    ),
    other_taxes.TABLE.lend({"2373"}, "07"),
    totals.TABLE,
    totals.CREDIT,
    *_both(of_totals.TABLE, legends.TABLE),
    of_payment.TABLE.lend(_SHARED_BY_CREDIT, "07", strict=True),
    payment.CREDIT,
    payment.DEBIT,
    CREDIT_ATTRIBUTES,
    DEBIT_ATTRIBUTES,
)
