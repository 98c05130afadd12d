"""The constancia de recepción (CDR): an ApplicationResponse as SUNAT writes it, really signed.

Form taken from real answers: UBL 2.0, ISO-8859-1, notes ``"4031 - texto"``. Key and certificate are the
sandbox's own, made on first use and kept in its store: worth nothing outside.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

from emitir.sandbox.store import Store
from emitir.sandbox.sunat import dsig
from emitir.sandbox.sunat.documents.judgement import Judgement
from emitir.sandbox.sunat.names import FileName

#: SUNAT's own RUC.
SUNAT_RUC = "20131312955"

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_AR, _CAC, _CBC, _EXT = (
    _UBL + name
    for name in ("ApplicationResponse-2", "CommonAggregateComponents-2", "CommonBasicComponents-2",
                 "CommonExtensionComponents-2")
)  # fmt: skip
_KEY = "cdr_key"


class CdrWriter:
    """Writes and signs CDRs with the sandbox's key."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._pair: tuple[rsa.RSAPrivateKey, bytes] | None = None
        self._counter = itertools.count(1)

    def answer(self, name: FileName, judgement: Judgement, received: datetime, answered: datetime) -> bytes:
        """The signed CDR that tells what was found in the file ``name``."""
        return self.write(
            receiver=name.ruc,
            document_id=judgement.document_id,
            customer=judgement.customer,
            code=judgement.error.code if judgement.error else "0",
            description=judgement.description,
            notes=judgement.notes,
            received=received,
            answered=answered,
            link="" if judgement.error else judgement.link,
        )

    def write(
        self,
        *,
        receiver: str,
        document_id: str,
        customer: str,
        code: str,
        description: str,
        notes: Sequence[str],
        received: datetime,
        answered: datetime,
        link: str = "",
    ) -> bytes:
        """The signed CDR of one document, as the bytes of its file.

        ``receiver``: RUC of the issuer. ``document_id``: ``F001-21``. ``customer``: ``6-20123456786``, empty
        when there is none. ``code``: ``0`` or the rejection's. ``notes``: the observations, ready to read.
        ``link``: where the document can be seen.
        """
        key, certificate = self._key_pair()
        root = etree.Element(
            f"{{{_AR}}}ApplicationResponse", nsmap={"ar": _AR, "cac": _CAC, "cbc": _CBC, "ext": _EXT}
        )
        place = _path(root, _EXT, "UBLExtensions", "UBLExtension", "ExtensionContent")
        number = int(answered.timestamp() * 1000) + next(self._counter)
        for name, text in (
            ("UBLVersionID", "2.0"),
            ("CustomizationID", "1.0"),
            ("ID", str(number)),
            ("IssueDate", received.date().isoformat()),
            ("IssueTime", received.strftime("%H:%M:%S")),
            ("ResponseDate", answered.date().isoformat()),
            ("ResponseTime", answered.strftime("%H:%M:%S")),
        ):
            _text(root, name, text)
        block = _path(root, _CAC, "Signature")
        _text(block, "ID", "SignSUNAT")
        party = _path(block, _CAC, "SignatoryParty")
        _text(_path(party, _CAC, "PartyIdentification"), "ID", SUNAT_RUC)
        _text(_path(party, _CAC, "PartyName"), "Name", "SUNAT")
        _text(_path(block, _CAC, "DigitalSignatureAttachment", "ExternalReference"), "URI", "#SignSUNAT")
        for note in notes:
            _text(root, "Note", note)
        _text(_path(root, _CAC, "SenderParty", "PartyIdentification"), "ID", SUNAT_RUC)
        _text(_path(root, _CAC, "ReceiverParty", "PartyIdentification"), "ID", receiver)
        answer = _path(root, _CAC, "DocumentResponse")
        response = _path(answer, _CAC, "Response")
        _text(response, "ReferenceID", document_id)
        _text(response, "ResponseCode", code)
        _text(response, "Description", description)
        reference = _path(answer, _CAC, "DocumentReference")
        _text(reference, "ID", document_id)
        if link:
            _text(reference, "DocumentDescription", link)
        if customer:
            _text(_path(answer, _CAC, "RecipientParty", "PartyIdentification"), "ID", customer)
        dsig.sign(root, place, key, certificate, "SignSUNAT")
        return etree.tostring(root, xml_declaration=True, encoding="ISO-8859-1", standalone=False)

    def _key_pair(self) -> tuple[rsa.RSAPrivateKey, bytes]:
        with self._lock:
            if self._pair is None:
                kept = self._store.setting(_KEY)
                if kept is None:
                    kept = _make_key()
                    self._store.set_setting(_KEY, kept)
                key = serialization.load_pem_private_key(kept["key"].encode(), None)
                if not isinstance(key, rsa.RSAPrivateKey):
                    raise TypeError("the key in the sandbox's store is not RSA")
                certificate = x509.load_pem_x509_certificate(kept["certificate"].encode())
                self._pair = key, certificate.public_bytes(serialization.Encoding.DER)
            return self._pair


def _make_key() -> dict[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "PE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "SUNAT DE PRUEBAS (sandbox, sin valor)"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, SUNAT_RUC),
        ]
    )
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=365))
        .not_valid_after(today + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {"key": pem.decode(), "certificate": certificate.public_bytes(serialization.Encoding.PEM).decode()}


def _path(parent: etree._Element, namespace: str, *names: str) -> etree._Element:
    for name in names:
        parent = etree.SubElement(parent, f"{{{namespace}}}{name}")
    return parent


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_CBC}}}{name}").text = text
