"""A judged document as the registry keeps it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from emitir.sandbox.records import ACCEPTED, REJECTED, Registered
from emitir.sandbox.sunat.documents.judgement import Judgement
from emitir.sandbox.sunat.names import FileName


def registered(
    name: FileName, xml: bytes, judgement: Judgement, cdr: bytes, received: datetime
) -> Registered:
    """The record of a document that takes its number, accepted or rejected."""
    error = judgement.error
    return Registered(
        name=name.base,
        ruc=name.ruc,
        tipo=name.tipo,
        serie=name.serie,
        numero=name.numero,
        sha256=hashlib.sha256(xml).hexdigest(),
        xml=xml,
        state=REJECTED if error else ACCEPTED,
        code=error.code if error else "0",
        description=judgement.description,
        cdr=cdr,
        issue_date=judgement.issue_date,
        total=judgement.total,
        registered_at=received.isoformat(),
        currency=judgement.currency,
    )
