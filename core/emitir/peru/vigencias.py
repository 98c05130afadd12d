"""Days from which what SUNAT announced holds, by the date of the document itself (never by today's).

RS 000048-2026 with its postponement (RS 000141-2026; rules of 2026-07-24, entries 516 to 545): product codes that
are not in catalog 25 refused, notas of one document, penalidades as a reason of their own, and the resumen diario
with the gratuitas by kind, the rate of the IGV and the customer's name.
"""

from __future__ import annotations

from datetime import date

RS_48_2026 = date(2027, 1, 1)
