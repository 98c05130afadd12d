"""CDR in each of the forms that SUNAT and the OSE send."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from emitir.peru.sunat.archive import ArchiveError
from emitir.peru.sunat.cdr import CdrError, read_cdr
from emitir.peru.sunat.verdicts import from_cdr
from emitir.soap.reader import UnsafeXmlError
from emitir.verdict import Accepted, Note, NotReceived, NoVerdict, Observed, Rejected
from tests.peru_sunat.material import RUC, recorded, submission, zipped

LIST_NAME = (
    "El dato ingresado como atributo @listName es incorrecto. - INFO: 4252"
    ' (nodo: "cbc:InvoiceTypeCode/listName" valor: "Otro")'
)


def test_accepted() -> None:
    content = zipped(recorded("cdr-aceptada.xml"), dummy="dummy/")
    text = "La Factura numero F001-00000021, ha sido aceptada"
    assert from_cdr(content, submission()) == Accepted("0", text, recorded("cdr-aceptada.xml"))


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        (
            "cdr-observada-notas-arriba.xml",
            [("4031", "Debe indicar el nombre comercial"), ("4252", LIST_NAME)],
        ),
        (
            "cdr-observada-notas-abajo.xml",
            [("4031", "Debe indicar el nombre comercial"), ("4252", LIST_NAME), ("", "Sin código")],
        ),
        ("cdr-observada-por-codigo.xml", [("4031", "Debe indicar el nombre comercial")]),
    ],
)
def test_observed(name: str, notes: list[tuple[str, str]]) -> None:
    verdict = from_cdr(zipped(recorded(name)), submission())
    assert isinstance(verdict, Observed)
    assert list(verdict.notes) == [Note(*note) for note in notes]
    assert verdict.cdr == recorded(name)


def test_rejected() -> None:
    verdict = from_cdr(zipped(recorded("cdr-rechazada.xml")), submission())
    assert isinstance(verdict, Rejected)
    assert verdict.code == "2800"
    assert verdict.cdr == recorded("cdr-rechazada.xml")


def test_a_cdr_that_says_it_was_not_received() -> None:
    verdict = from_cdr(zipped(recorded("cdr-excepcion.xml")), submission())
    assert verdict == NotReceived("0109", "El sistema no pudo procesar su solicitud", retryable=True)


def test_latin_1_and_the_number_of_a_baja() -> None:
    code = f"{RUC}-RA-20261120-1"
    verdict = from_cdr(zipped(recorded("cdr-baja.xml"), f"R-{code}.XML"), submission(code))
    assert isinstance(verdict, Accepted)
    assert verdict.description == "La Comunicación de baja RA-20261120-1, ha sido aceptada"


def test_guia_carries_the_address_of_its_qr() -> None:
    cdr = read_cdr(zipped(recorded("cdr-guia.xml")))
    assert cdr.url.endswith("?hashqr=abc")
    assert cdr.notes[0].text.startswith("El Número de placa")


HASH = "RwNDwdsWs4XMKM4BoTAf5MKh3T8="


def test_ose_form() -> None:
    cdr = read_cdr(zipped(recorded("cdr-ose.xml")))
    assert (cdr.reference, cdr.code, cdr.document_hash) == ("F001-21", 0, HASH)
    assert cdr.description == "La Factura F001-21 ha sido aceptada."
    verdict = from_cdr(recorded("cdr-ose.xml"), submission(valor_resumen=HASH))
    assert isinstance(verdict, Observed)
    assert verdict.notes == (Note("4332", "El código de producto no es válido"),)


def test_ose_with_the_hash_of_another_document() -> None:
    verdict = from_cdr(recorded("cdr-ose.xml"), submission(valor_resumen="otro="))
    assert isinstance(verdict, Observed)
    assert HASH in verdict.notes[-1].text


@pytest.mark.parametrize(
    ("entry", "codigo"),
    [
        ("R-20123456786-01-F001-21.xml", f"{RUC}-01-F001-22"),
        ("R-20123456786-01-F001-21.xml", f"{RUC}-01-F002-21"),
        ("R-20123456786-07-F001-21.xml", f"{RUC}-01-F001-21"),
        ("R-20605446788-01-F001-21.xml", f"{RUC}-01-F001-21"),
        ("R-20123456786-01-F001-21.xml", f"{RUC}-01-F001-210"),
    ],
)
def test_the_cdr_of_another_document_says_nothing_of_ours(entry: str, codigo: str) -> None:
    verdict = from_cdr(zipped(recorded("cdr-aceptada.xml"), entry), submission(codigo))
    assert isinstance(verdict, NoVerdict)
    assert verdict.reason == "garbled"


DOCTYPE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hola",
        zipped(b"<a/>"),
        zipped(b"<a>"),
        zipped(DOCTYPE + b"<ApplicationResponse>&x;</ApplicationResponse>"),
        zipped(b"<ApplicationResponse/>"),
        zipped(recorded("cdr-aceptada.xml").replace(b"Code>0<", b"Code>cero<")),
        zipped(recorded("cdr-aceptada.xml").replace(b"Code>0<", b"Code><")),
    ],
)
def test_what_is_no_cdr(content: bytes) -> None:
    with pytest.raises((ArchiveError, CdrError, UnsafeXmlError)):
        read_cdr(content)
    verdict = from_cdr(content, submission())
    assert isinstance(verdict, NoVerdict)
    assert verdict.reason == "garbled"
    assert "passwd" not in verdict.detail


REAL = Path(os.environ.get("EMITIR_PE_REAL_CDR", "no"))


@pytest.mark.skipif(
    not REAL.is_dir(), reason="EMITIR_PE_REAL_CDR names no folder with the collection of real CDR"
)
def test_real_ones() -> None:
    """Name, reference, code and notes of SUNAT's and an OSE's own CDR, where a collection of them is at hand."""
    found = {path.name: read_cdr(path.read_bytes()) for path in REAL.iterdir()}
    expected = {
        "R-12345678901-01-F001-00000587.xml": ("F001-00000587", 0, 0),
        "R-20000000001-09-T001-1.xml": ("T001-1", 0, 1),
        "R-20220557805-01-F001-22Openubl.XML": ("F001-22", 0, 7),
        "R-20600995805-01-F001-1.xml": ("F001-1", 0, 0),
        "R-20600995805-01-F001-3.xml": ("F001-1", 0, 2),
        "cdr-rechazo.zip": ("F001-2", 109, 0),
        "cdrBaja.zip": ("RA-20171001-1", 0, 0),
        "cdrGRE.zip": ("T001-1", 0, 1),
        "efact_cdr1.xml": ("F001-1", 0, 0),
    }
    assert {name: (cdr.reference, cdr.code, len(cdr.notes)) for name, cdr in found.items()} == expected
