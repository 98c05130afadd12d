"""Who judges what: one module per kind of document. A new kind is a module and a line here."""

from __future__ import annotations

from emitir.sandbox.sunat.documents import guia, invoice, note, purchase, summary, voided, withholding
from emitir.sandbox.sunat.documents.judgement import Judge

#: By type of catalog 01: what sendBill takes.
DOCUMENTS: dict[str, Judge] = {
    "01": invoice.judge,
    "03": invoice.judge,
    "04": purchase.judge,
    "07": note.judge,
    "08": note.judge,
    "20": withholding.judge,
    "40": withholding.judge,
}

#: By the letters of the file's name: what sendSummary takes.
SUMMARIES: dict[str, Judge] = {"RA": voided.judge, "RC": summary.judge, "RR": voided.judge}

#: What the service of guías takes; answered with a ticket too.
GUIAS: dict[str, Judge] = {"09": guia.judge, "31": guia.judge}
