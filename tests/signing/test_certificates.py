"""Certificates that may sign for a company, and those that may not."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

from emitir.errors import EmitirError
from emitir.signing.certificates import check_certificate, describe_certificate
from emitir.signing.throwaway import throwaway
from tests.signing.material import NOT_AFTER, NOT_BEFORE, RUC, Pair

PERU = r"(?:10|15|16|17|20)\d{9}"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DER = serialization.Encoding.DER


def codes(der: bytes, tax_id: str = RUC, now: datetime = NOW) -> list[str]:
    return [problem.code for problem in check_certificate(der, tax_id, now, PERU)]


def with_subject(pair: Pair, *attributes: tuple[str, str]) -> bytes:
    """A certificate of ``pair``'s key whose subject has these (dotted oid, value)."""
    name = x509.Name([x509.NameAttribute(ObjectIdentifier(oid), value) for oid, value in attributes])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(255)
    builder = builder.public_key(pair[0].public_key()).not_valid_before(NOT_BEFORE).not_valid_after(NOT_AFTER)
    return builder.sign(pair[0], hashes.SHA256()).public_bytes(DER)


def test_good_one(pair: Pair) -> None:
    assert codes(pair[1].public_bytes(DER)) == []


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (NOT_BEFORE - timedelta(seconds=1), ["CERTIFICADO_NO_VIGENTE"]),
        (NOT_BEFORE, []),
        (NOT_AFTER, []),
        (NOT_AFTER + timedelta(seconds=1), ["CERTIFICADO_VENCIDO"]),
    ],
)
def test_dates(now: datetime, expected: list[str], pair: Pair) -> None:
    assert codes(pair[1].public_bytes(DER), now=now) == expected


def test_date_is_shown_where_the_company_is(pair: Pair) -> None:
    lima = timezone(timedelta(hours=-5))
    (problem,) = check_certificate(pair[1].public_bytes(DER), RUC, datetime(2028, 1, 2, tzinfo=lima), PERU)
    assert problem.message() == "El certificado venció el 30/12/2027."


@pytest.mark.parametrize(
    "subject",
    [
        [(NameOID.ORGANIZATIONAL_UNIT_NAME, RUC)],
        [(NameOID.COMMON_NAME, f"EMPRESA S.A.C. - {RUC}")],
        [(NameOID.SERIAL_NUMBER, f"RUC{RUC}")],
        [(NameOID.ORGANIZATION_IDENTIFIER, f"VATPE-{RUC}")],
        [(NameOID.ORGANIZATION_IDENTIFIER, RUC), (NameOID.COMMON_NAME, "JUAN PEREZ 10404040402")],
    ],
)
def test_ruc_anywhere_in_the_subject(subject: list[tuple[ObjectIdentifier, str]], pair: Pair) -> None:
    der = with_subject(pair, *((oid.dotted_string, value) for oid, value in subject))
    assert codes(der) == []
    (problem,) = check_certificate(der, "20605446788", NOW, PERU)
    assert problem.code == "CERTIFICADO_DE_OTRO_RUC"
    assert RUC in problem.message()
    assert "20605446788" in problem.message()


def test_longer_numbers_are_no_ruc(pair: Pair) -> None:
    der = with_subject(pair, (NameOID.COMMON_NAME.dotted_string, f"1{RUC} {RUC}9"))
    assert describe_certificate(der).tax_ids(PERU) == ()


def test_subject_without_any_ruc_is_left_to_the_authority(pair: Pair) -> None:
    assert codes(with_subject(pair, (NameOID.COMMON_NAME.dotted_string, "JUAN PEREZ DNI 40404040"))) == []


def test_everything_wrong_at_once() -> None:
    _, certificate = throwaway("20605446788", "X", NOT_BEFORE, NOT_AFTER, key_size=1024, key_usage=False)
    assert codes(certificate.public_bytes(DER), now=NOT_AFTER + timedelta(days=1)) == [
        "CERTIFICADO_VENCIDO",
        "CERTIFICADO_DE_OTRO_RUC",
        "CERTIFICADO_NO_SIRVE",
        "CERTIFICADO_NO_SIRVE",
    ]


def test_curve_key_does_not_sign_comprobantes() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, RUC)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
    builder = builder.public_key(key.public_key()).not_valid_before(NOT_BEFORE).not_valid_after(NOT_AFTER)
    assert codes(builder.sign(key, hashes.SHA256()).public_bytes(DER)) == ["CERTIFICADO_NO_SIRVE"]


def test_what_is_told_of_a_certificate(pair: Pair) -> None:
    facts = describe_certificate(
        with_subject(
            pair, (NameOID.COMMON_NAME.dotted_string, "EMPRESA"), (NameOID.SERIAL_NUMBER.dotted_string, RUC)
        )
    )
    assert (facts.subject, facts.issuer, facts.serial) == ("EMPRESA", "EMPRESA", "FF")
    assert (facts.valid_from, facts.valid_to) == (NOT_BEFORE, NOT_AFTER)
    assert (facts.key_bits, facts.can_sign, facts.tax_ids(PERU)) == (2048, True, (RUC,))
    assert facts.days_left(NOT_AFTER - timedelta(days=3, hours=1)) == 3
    assert facts.days_left(NOT_AFTER + timedelta(hours=1)) == -1


def test_parsed_once(pair: Pair) -> None:
    der = pair[1].public_bytes(DER)
    assert describe_certificate(der) is describe_certificate(bytes(bytearray(der)))


@pytest.mark.parametrize("der", [b"", b"hola", bytes(400)])
def test_no_certificate(der: bytes) -> None:
    with pytest.raises(EmitirError) as caught:
        describe_certificate(der)
    assert caught.value.code == "CERTIFICADO_ILEGIBLE"


def test_every_changed_byte_is_refused_or_described(pair: Pair) -> None:
    """Versions, names and extensions that cannot be: an EmitirError, never another exception."""
    whole = pair[1].public_bytes(DER)
    refused = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a serial that is negative, and the like
        for at in range(0, len(whole), 3):
            for value in (0x00, 0x03, 0x57, 0xFF):
                try:
                    describe_certificate(whole[:at] + bytes([value]) + whole[at + 1 :])
                except EmitirError:
                    refused += 1
    assert refused > 100
