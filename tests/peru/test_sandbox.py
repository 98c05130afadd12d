"""Every golden document goes to the sandbox SUNAT over HTTP and is accepted without an observation.

Then those that undo and inform them: what the builder makes, SUNAT's rules let through, and the registry follows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from lxml import etree

from emitir.country import Prepared, Submission
from emitir.peru.country import COUNTRY
from emitir.peru.envios import baja, resumen
from emitir.sandbox.server import SandboxServer
from emitir.signing.keys import LocalSigner
from emitir.verdict import Accepted, InProcess, Rejected, Verdict

from .conftest import NOW

HERE = Path(__file__).parent / "cases"
CASES = sorted(HERE.glob("*.json"))
SECRETS = {"usuario_sol": "MODDATOS", "clave_sol": "moddatos"}
RUC = "20123456786"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"

Send = Callable[[Prepared], Verdict]


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxServer]:
    with SandboxServer() as server:
        yield server


@pytest.fixture
def sandbox(server: SandboxServer) -> str:
    """An empty sandbox at the moment of the golden cases."""
    requests.delete(f"{server.url}/_sandbox/state", timeout=5).raise_for_status()
    _control(server.url, "clock", {"now": NOW.isoformat()})
    # 10.5 % is for those on SUNAT's list of restaurants and hotels (4439 otherwise).
    _control(server.url, "lists", {"tasa_especial": [RUC], "comprobantes_externos": []})
    return server.url


def _control(url: str, path: str, body: dict[str, Any]) -> None:
    requests.post(f"{url}/_sandbox/{path}", json=body, timeout=5).raise_for_status()


@pytest.fixture
def send(sandbox: str, company: dict[str, Any], signer: LocalSigner, monkeypatch: pytest.MonkeyPatch) -> Send:
    """Sign and send; what is answered under a ticket is asked for at once."""
    monkeypatch.setenv("EMITIR_PE_SANDBOX_URL", sandbox)
    authority = COUNTRY.authority(COUNTRY.check_company(company), SECRETS, signer)

    def work(document: Prepared) -> Verdict:
        signed = document.sign(signer)
        submission = Submission(
            document.codigo_documento,
            document.tipo,
            document.serie,
            document.numero,
            signed.xml,
            signed.valor_resumen,
        )
        verdict = authority.submit(submission)
        if isinstance(verdict, InProcess):
            return authority.ask(replace(submission, ticket=verdict.ticket))
        return verdict

    return work


def _golden(name: str, company: dict[str, Any], **changes: Any) -> Any:
    case = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    properties = case["propiedades"] | changes
    return COUNTRY.prepare(properties, COUNTRY.check_company(company), datetime.fromisoformat(case["ahora"]))


def _named(xml: bytes) -> list[str]:
    """What a nota modifies, what was paid before, of what is perceived, as the sandbox lists documents of SUNAT's other systems."""
    root = etree.fromstring(xml)
    modified = [
        f"{RUC}-{node.findtext(f'{CBC}DocumentTypeCode')}-{node.findtext(f'{CBC}ID')}"
        for node in root.iterfind(f"{CAC}BillingReference/{CAC}InvoiceDocumentReference")
    ]
    modified += [
        f"{RUC}-{node.get('schemeID')}-{node.text}"
        for node in root.iterfind(f".//{{*}}SUNATPerceptionDocumentReference/{CBC}ID")
    ]
    kinds = {"02": "01", "03": "03", "10": "04"}
    return modified + [
        f"{RUC}-{kinds[node.findtext(f'{CBC}DocumentTypeCode') or '']}-{node.findtext(f'{CBC}ID')}"
        for node in root.iterfind(f"{CAC}AdditionalDocumentReference")
        if node.find(f"{CBC}DocumentStatusCode") is not None
    ]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_accepted(path: Path, sandbox: str, send: Send, company: dict[str, Any], signer: LocalSigner) -> None:
    comprobante = _golden(path.stem, company)
    moment = json.loads(path.read_text(encoding="utf-8"))["ahora"]
    _control(sandbox, "clock", {"now": moment})
    _control(sandbox, "lists", {"comprobantes_externos": _named(comprobante.sign(signer).xml)})
    verdict = send(comprobante)
    assert isinstance(verdict, Accepted), verdict
    assert verdict.code == "0"
    assert verdict.cdr is not None


def _states(url: str) -> dict[str, str]:
    documents = requests.get(f"{url}/_sandbox/documents", timeout=5).json()
    return {document["name"].removeprefix(f"{RUC}-"): document["state"] for document in documents}


def test_a_factura_its_nota_and_their_baja(sandbox: str, send: Send, company: dict[str, Any]) -> None:
    factura = _golden("factura-mixta", company)
    number = f"{factura.serie}-{factura.numero}"
    nota = _golden("nota-credito-devolucion-parcial", company, documento=number)
    refused = send(nota)
    assert isinstance(refused, Rejected)
    assert refused.code == "2119"
    assert isinstance(send(factura), Accepted)
    nota = _golden("nota-credito-devolucion-parcial", company, documento=number, numero=99)
    assert isinstance(send(nota), Accepted)
    for correlativo, document in enumerate((nota, factura), 1):
        checked = COUNTRY.check_company(company)
        assert isinstance(
            send(baja(document.record(), "ERROR EN EL PEDIDO", checked, NOW, correlativo)), Accepted
        )
    states = _states(sandbox)
    assert states[f"01-{number}"] == states[f"07-{nota.serie}-99"] == "anulado"


def test_a_liquidacion_and_its_reversion(sandbox: str, send: Send, company: dict[str, Any]) -> None:
    checked = COUNTRY.check_company(company)
    made = _golden("liquidacion-exonerada", company)
    assert isinstance(send(made), Accepted)
    assert isinstance(send(baja(made.record(), "ERROR EN EL PESO", checked, NOW, 1)), Accepted)
    assert _states(sandbox) == {"04-L001-1": "anulado"}


def test_a_resumen_tells_the_percepcion(sandbox: str, send: Send, company: dict[str, Any]) -> None:
    """Régimen, rate, what is perceived, what is collected and its base, in soles; not of a line that modifies."""
    stored = _golden("boleta-percepcion", company).record()
    assert stored["percepcion"] == {
        "regimen": "02",
        "tasa": "1",
        "monto": "3.70",
        "cobrado": "373.70",
        "base": "370.00",
    }
    document = resumen([stored], COUNTRY.check_company(company), NOW, 1)
    assert isinstance(send(document), Accepted)
    assert isinstance(send(baja(stored, "ERROR", COUNTRY.check_company(company), NOW, 2)), Accepted)


def test_a_resumen_of_2027(sandbox: str, send: Send, company: dict[str, Any], signer: LocalSigner) -> None:
    """RS 000048-2026, by the date of the boletas: gratuitas by kind, rate of the IGV, customer's name."""
    checked, now = COUNTRY.check_company(company), datetime.fromisoformat("2027-01-15T15:00:00+00:00")
    names = (
        "boleta-mixta",
        "boleta-gratuita-21",
        "boleta-bolsa-gratuita",
        "boleta-sin-cliente",
        "boleta-dolares",
    )
    day = {"fecha": "2027-01-15"}
    boletas = []
    for name in names:
        case = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
        made: Any = COUNTRY.prepare(case["propiedades"] | day, checked, now)
        boletas.append(made.record())
    _control(sandbox, "clock", {"now": now.isoformat()})
    document = resumen(boletas, checked, now, 1)
    root = etree.fromstring(document.sign(signer).xml)
    kinds = {node.text for node in root.iterfind(f".//{CBC}InstructionID")}
    assert "07" in kinds
    assert "05" not in kinds
    assert {node.text for node in root.iterfind(f".//{CBC}Percent")} == {"18.00"}
    assert root.find(f".//{CAC}AccountingCustomerParty/{CAC}Party") is not None
    assert isinstance(send(document), Accepted)


def test_a_day_of_boletas_in_a_resumen(sandbox: str, send: Send, company: dict[str, Any]) -> None:
    checked = COUNTRY.check_company(company)
    names = ("boleta-sin-cliente", "boleta-icbper", "boleta-mixta", "boleta-dolares", "boleta-dni")
    boletas = [_golden(name, company).record() for name in names]
    assert isinstance(send(resumen(boletas, checked, NOW, 1)), Accepted)
    nota = _golden("nota-credito-boleta", company).record()
    assert isinstance(send(resumen([nota], checked, NOW, 2)), Accepted)
    assert isinstance(send(baja(boletas[0], "ERROR", checked, NOW, 3)), Accepted)
    again = send(baja(boletas[0], "ERROR", checked, NOW, 4))
    assert isinstance(again, Rejected)
    assert again.code == "2987"
    assert sorted(_states(sandbox).values()) == ["aceptado"] * 5 + ["anulado"]


def test_a_boleta_sent_alone_is_annulled_in_seven_days(
    sandbox: str, send: Send, company: dict[str, Any]
) -> None:
    checked = COUNTRY.check_company(company)
    first, second = _golden("boleta-dni", company), _golden("boleta-dni", company, numero=77)
    assert isinstance(send(first), Accepted)
    assert isinstance(send(second), Accepted)
    last = NOW + timedelta(days=7)
    _control(sandbox, "clock", {"now": last.isoformat()})
    assert isinstance(send(baja(first.record(), "ERROR", checked, last, 1)), Accepted)
    envio = baja(second.record(), "ERROR", checked, last, 2)
    _control(sandbox, "clock", {"now": (last + timedelta(days=1)).isoformat()})
    refused = send(envio)
    assert isinstance(refused, Rejected)
    assert refused.code == "2957"
