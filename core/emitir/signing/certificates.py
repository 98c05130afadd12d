"""What a certificate says, and what keeps it from signing for a company.

Parsed once per certificate and remembered, so that looking at it costs nothing per document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from emitir.error_codes import (
    CERTIFICADO_DE_OTRO_RUC,
    CERTIFICADO_ILEGIBLE,
    CERTIFICADO_NO_SIRVE,
    CERTIFICADO_NO_VIGENTE,
    CERTIFICADO_VENCIDO,
)
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.signing.keys import BROKEN, MIN_KEY_BITS, too_small


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """One certificate. Times carry a zone (UTC); ``serial`` is upper-case hex; ``key_bits`` is 0 if not RSA.

    ``subject``: the common name, or the whole name where there is none. ``issuer``: likewise.
    ``can_sign``: its key usage allows signatures (an absent key usage allows everything, RFC 5280 §4.2.1.3).
    """

    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime
    key_bits: int
    can_sign: bool
    subject_values: tuple[str, ...] = field(repr=False)

    def tax_ids(self, tax_id_pattern: str) -> tuple[str, ...]:
        """Tax ids found anywhere in the subject, in any attribute and after any prefix, without repetition.

        Real ones stand in OU, CN, serialNumber or organizationIdentifier (2.5.4.97), as ``20605446788``,
        ``RUC20605446788`` or ``VATPE-20605446788``.
        """
        whole = re.compile(rf"(?<!\d)(?:{tax_id_pattern})(?!\d)")
        return tuple(
            dict.fromkeys(found[0] for value in self.subject_values for found in whole.finditer(value))
        )

    def days_left(self, now: datetime) -> int:
        """Whole days from ``now`` to the end of validity; negative once it is past."""
        return (self.valid_to - now).days


def describe_certificate(der: bytes) -> CertificateFacts:
    """The facts of a certificate (DER). Raises EmitirError(CERTIFICADO_ILEGIBLE) when it is none."""
    return _facts(der)


def check_certificate(der: bytes, tax_id: str, now: datetime, tax_id_pattern: str) -> list[Problem]:
    """Everything that keeps this certificate from signing for ``tax_id`` at ``now``; empty when nothing does.

    ``tax_id_pattern``: regular expression of the country's tax id. A subject that names no tax id at all
    (a natural person's may carry the identity document only) is left to the authority, which knows who
    registered it. Dates in the texts are shown in the time zone of ``now``.
    """
    facts = describe_certificate(der)
    return [
        *_check_dates(facts, now),
        *_check_holder(facts, tax_id, tax_id_pattern),
        *_check_key(facts),
    ]


def _check_dates(facts: CertificateFacts, now: datetime) -> Iterator[Problem]:
    if now > facts.valid_to:
        text = N_("El certificado venció el {date:%d/%m/%Y}.")
        yield Problem(CERTIFICADO_VENCIDO, text, params={"date": facts.valid_to.astimezone(now.tzinfo)})
    elif now < facts.valid_from:
        text = N_("El certificado es válido recién desde el {date:%d/%m/%Y}.")
        yield Problem(CERTIFICADO_NO_VIGENTE, text, params={"date": facts.valid_from.astimezone(now.tzinfo)})


def _check_holder(facts: CertificateFacts, tax_id: str, tax_id_pattern: str) -> Iterator[Problem]:
    found = facts.tax_ids(tax_id_pattern)
    if found and tax_id not in found:
        text = N_("El certificado es del RUC {found} y la empresa es {tax_id}.")
        yield Problem(CERTIFICADO_DE_OTRO_RUC, text, params={"found": ", ".join(found), "tax_id": tax_id})


def _check_key(facts: CertificateFacts) -> Iterator[Problem]:
    if not facts.key_bits:
        yield Problem(CERTIFICADO_NO_SIRVE, N_("La clave del certificado no es RSA."))
    elif facts.key_bits < MIN_KEY_BITS:
        yield too_small(facts.key_bits)
    if not facts.can_sign:
        yield Problem(
            CERTIFICADO_NO_SIRVE, N_("El uso de clave del certificado no permite firmar documentos.")
        )


@lru_cache(maxsize=256)
def _facts(der: bytes) -> CertificateFacts:
    try:
        certificate = x509.load_der_x509_certificate(der)
        return CertificateFacts(
            subject=_name(certificate.subject),
            issuer=_name(certificate.issuer),
            serial=f"{certificate.serial_number:X}",
            valid_from=certificate.not_valid_before_utc,
            valid_to=certificate.not_valid_after_utc,
            key_bits=_key_bits(certificate),
            can_sign=_can_sign(certificate),
            subject_values=tuple(str(attribute.value) for attribute in certificate.subject),
        )
    except (TypeError, *BROKEN) as error:  # TypeError: a name of a kind that it cannot be
        raise EmitirError(Problem(CERTIFICADO_ILEGIBLE, N_("El certificado no se puede leer."))) from error


def _name(name: x509.Name) -> str:
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()


def _key_bits(certificate: x509.Certificate) -> int:
    try:
        key = certificate.public_key()
    except BROKEN:
        return 0
    return key.key_size if isinstance(key, rsa.RSAPublicKey) else 0


def _can_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment
