"""What every test against the sandbox SIFEN does: move its clock, let a call go wrong, sign a document to be sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import requests

from emitir.country import Submission
from emitir.paraguay.prepare import prepare
from emitir.sandbox.server import SandboxServer
from emitir.signing.keys import LocalSigner
from emitir.soap.exchange import Limits

from .conftest import NOW, SECRETS

QUICK = Limits(connect=2, read=2, total=5)


def set_clock(server: SandboxServer, now: str) -> None:
    answer = requests.post(f"{server.url}/_sandbox/clock", json={"now": now, "frozen": True}, timeout=5)
    assert answer.status_code == 200, answer.text


def fault(server: SandboxServer, **body: Any) -> None:
    answer = requests.post(f"{server.url}/_sandbox/faults", json=body, timeout=5)
    assert answer.status_code < 300, answer.text


numbers = iter(range(1000, 10**6))


def submission(
    properties: dict[str, Any], there: dict[str, Any], signer: LocalSigner, now: datetime = NOW, **more: Any
) -> Submission:
    document = prepare(properties | {"numero": next(numbers)} | more, there, now)
    signed = document.sign_with(signer, SECRETS)
    number = (document.codigo_documento, document.tipo, document.serie, document.numero)
    return Submission(*number, signed.xml, signed.valor_resumen)


def changed(sent: Submission, *changes: tuple[bytes, bytes]) -> Submission:
    xml = sent.xml
    for old, new in changes:
        assert old in xml
        xml = xml.replace(old, new, 1)
    return Submission(sent.codigo_documento, sent.tipo, sent.serie, sent.numero, xml, sent.valor_resumen)
