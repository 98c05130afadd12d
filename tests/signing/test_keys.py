"""PKCS#12 and PEM in every form that users bring, and what is said when they do not open."""

from __future__ import annotations

import contextlib
import copy
import os
import pickle
import subprocess
import sys
import warnings
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import pkcs12

from emitir.errors import EmitirError
from emitir.signing import keys
from emitir.signing.signer import HashName
from emitir.signing.throwaway import throwaway, throwaway_pkcs12
from tests.signing.material import NOT_AFTER, NOT_BEFORE, PASSWORD, RUC, Export, Pair

STYLES = {
    "modern": (),
    "legacy": ("-legacy",),
    "3des-only": ("-legacy", "-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"),
    "rc2-40-both": ("-legacy", "-certpbe", "PBE-SHA1-RC2-40", "-keypbe", "PBE-SHA1-RC2-40"),
    "rc2-128": ("-legacy", "-certpbe", "PBE-SHA1-RC2-128", "-keypbe", "PBE-SHA1-RC2-128"),
    "2des": ("-legacy", "-certpbe", "PBE-SHA1-2DES", "-keypbe", "PBE-SHA1-2DES"),
    "plain-certificate": ("-legacy", "-certpbe", "NONE", "-keypbe", "PBE-SHA1-3DES"),
    "aes-128": ("-certpbe", "AES-128-CBC", "-keypbe", "AES-128-CBC"),
    "no-mac": ("-nomac",),
}
#: Those that the old-cipher reader must open alone, without any help of OpenSSL's legacy provider.
OLD = ("legacy", "3des-only", "rc2-40-both", "rc2-128", "2des", "plain-certificate")


def refused(data: bytes, password: str = PASSWORD) -> tuple[str, str]:
    """The code and text with which ``data`` is refused."""
    with pytest.raises(EmitirError) as caught:
        keys.load(data, password)
    (problem,) = caught.value.problems
    assert password not in str(caught.value) or not password
    return problem.code, problem.message()


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_pkcs12_opens(style: str, export: Export, pair: Pair) -> None:
    signer = keys.load_pkcs12(export(*STYLES[style]), PASSWORD)
    assert signer.certificate_der == pair[1].public_bytes(serialization.Encoding.DER)
    pair[0].public_key().verify(signer.sign(b"hola"), b"hola", padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.parametrize("style", OLD)
def test_old_ciphers_open_without_the_library(style: str, export: Export, pair: Pair) -> None:
    signer = keys._load_old_pkcs12(export(*STYLES[style]), PASSWORD)
    assert signer.certificate_der == pair[1].public_bytes(serialization.Encoding.DER)


def test_rc2_opens_where_openssl_has_no_legacy_provider(export: Export, tmp_path: Path) -> None:
    """In a process of its own: cryptography decides once, when it starts."""
    (tmp_path / "old.p12").write_bytes(export("-legacy"))
    program = (
        "import sys; from emitir.signing.keys import load_pkcs12;"
        "print(load_pkcs12(open(sys.argv[1], 'rb').read(), sys.argv[2]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "old.p12"), PASSWORD],
        env=os.environ | {"CRYPTOGRAPHY_OPENSSL_NO_LEGACY": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("<LocalSigner "), done.stderr


@pytest.mark.parametrize("style", ["modern", "legacy", "rc2-40-both", "no-mac"])
@pytest.mark.parametrize("wrong", ["otra", "", PASSWORD.upper(), "\ud800"])
def test_wrong_password(style: str, wrong: str, export: Export) -> None:
    code, _ = refused(export(*STYLES[style]), wrong)
    assert code == "CERTIFICADO_CLAVE_INCORRECTA"


@pytest.mark.parametrize("style", ["modern", "legacy"])
def test_empty_password_is_a_password(style: str, export: Export) -> None:
    assert keys.load_pkcs12(export(*STYLES[style], password=""), "")


def test_password_with_blanks_around_it(export: Export) -> None:
    assert keys.load_pkcs12(export(), f" {PASSWORD}\n")


def test_password_taken_byte_by_byte(pair: Pair) -> None:
    """OpenSSL before 1.1 in a UTF-8 terminal: ``ñ`` went in as the two letters of its bytes."""
    mangled = "año".encode().decode("latin-1").encode()
    data = pkcs12.serialize_key_and_certificates(
        b"x", pair[0], pair[1], None, serialization.BestAvailableEncryption(mangled)
    )
    assert keys.load_pkcs12(data, "año")


@pytest.mark.parametrize("style", ["modern", "legacy"])
@pytest.mark.parametrize(
    "data", [b"", b"hola", b"0\x80", b"\x30\x82\xff\xff", b"\x00" * 500, b"0" * 2_000_000]
)
def test_what_is_no_pkcs12(data: bytes, style: str) -> None:
    assert refused(data)[0] == "CERTIFICADO_ILEGIBLE"


@pytest.mark.parametrize("style", ["modern", "legacy"])
def test_truncated_file_is_unreadable(style: str, export: Export) -> None:
    data = export(*STYLES[style])
    for size in (10, len(data) // 2, len(data) - 1):
        assert refused(data[:size])[0] == "CERTIFICADO_ILEGIBLE"


@pytest.mark.parametrize("style", ["modern", "legacy"])
def test_right_password_of_a_damaged_file(style: str, export: Export) -> None:
    """The password opens the key, the check value does not fit: the file changed, the password is right."""
    data = bytearray(export(*STYLES[style]))
    data[-30] ^= 0xFF  # in the salt of the check value, past keys and certificates
    assert refused(bytes(data)) == ("CERTIFICADO_ILEGIBLE", "El archivo PKCS#12 está dañado.")
    assert refused(bytes(data), "otra")[0] == "CERTIFICADO_CLAVE_INCORRECTA"


def test_every_flipped_byte_is_refused_or_harmless(export: Export, pair: Pair) -> None:
    """Whatever changes, the answer is an EmitirError or the same certificate: no other exception."""
    whole = export("-legacy")
    for at in range(0, len(whole), 67):
        data = bytearray(whole)
        data[at] ^= 0x15
        with contextlib.suppress(EmitirError):
            signer = keys.load_pkcs12(bytes(data), PASSWORD)
            assert signer.certificate_der == pair[1].public_bytes(serialization.Encoding.DER)


def test_indefinite_lengths(export: Export) -> None:
    """BER, as Java and NSS exported it; read without a warning on the terminal."""
    whole = export("-legacy")
    size = 2 + (whole[1] & 0x7F)
    ber = b"\x30\x80" + whole[size:] + b"\0\0"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert keys.load_pkcs12(ber, PASSWORD).certificate_der
    assert keys._load_old_pkcs12(ber, PASSWORD).certificate_der


def test_java_keystore_is_named() -> None:
    assert "Java" in refused(b"\xfe\xed\xfe\xed" + bytes(100))[1]


def test_certificate_without_key(pair: Pair, certificate_pem: bytes) -> None:
    for data in (pair[1].public_bytes(serialization.Encoding.DER), certificate_pem):
        assert refused(data) == ("CERTIFICADO_ILEGIBLE", "El archivo no contiene la clave privada.")
    only = pkcs12.serialize_key_and_certificates(b"x", None, pair[1], None, serialization.NoEncryption())
    assert refused(only, "")[1] == "El archivo no contiene la clave privada."


def test_the_certificate_of_the_key_among_several(
    export: Export, pair: Pair, other_pair: Pair, key_pem: bytes, certificate_pem: bytes
) -> None:
    other = other_pair[1].public_bytes(serialization.Encoding.PEM)
    mine = pair[1].public_bytes(serialization.Encoding.DER)
    assert keys.load_pkcs12(export(extra=other), PASSWORD).certificate_der == mine
    assert keys.load_pem(other + certificate_pem + key_pem).certificate_der == mine
    assert keys.load_pem(other + certificate_pem, key=key_pem).certificate_der == mine


def test_no_certificate_of_the_key(pair: Pair, other_pair: Pair, key_pem: bytes) -> None:
    stranger = other_pair[1].public_bytes(serialization.Encoding.PEM)
    with pytest.raises(EmitirError, match="Ningún certificado"):
        keys.load_pem(stranger + key_pem)


def test_renewed_certificate_with_the_same_key(pair: Pair, key_pem: bytes, certificate_pem: bytes) -> None:
    _, renewed = throwaway(RUC, "X", NOT_BEFORE, datetime(2029, 1, 1, tzinfo=UTC), key=pair[0])
    both = certificate_pem + renewed.public_bytes(serialization.Encoding.PEM) + key_pem
    assert keys.load_pem(both).certificate_der == renewed.public_bytes(serialization.Encoding.DER)


@pytest.mark.parametrize(
    "form", [serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL]
)
def test_encrypted_pem_key(
    form: serialization.PrivateFormat, pair: Pair, certificate_pem: bytes, key_pem: bytes
) -> None:
    secret = serialization.BestAvailableEncryption(PASSWORD.encode())
    locked = pair[0].private_bytes(serialization.Encoding.PEM, form, secret)
    assert keys.load_pem(certificate_pem + locked, PASSWORD)
    assert keys.load_pem(certificate_pem, PASSWORD, key=locked)
    assert keys.load_pem(certificate_pem + key_pem, "sobra")
    for wrong in ("otra", ""):
        assert refused(certificate_pem + locked, wrong)[0] == "CERTIFICADO_CLAVE_INCORRECTA"
    broken = locked[:-100] + b"*?" + locked[-98:]
    assert refused(certificate_pem + broken)[0] == "CERTIFICADO_ILEGIBLE"


def test_pem_with_bag_attributes_around(certificate_pem: bytes, key_pem: bytes) -> None:
    text = b"Bag Attributes\n    localKeyID: 01\nsubject=CN=X\n"
    assert keys.load(text + certificate_pem + text + key_pem, "")


@pytest.mark.parametrize("where", ["key", "certificate"])
def test_unreadable_pem(where: str, certificate_pem: bytes, key_pem: bytes) -> None:
    broken = (key_pem if where == "key" else certificate_pem)[:200]
    kind = b"PRIVATE KEY" if where == "key" else b"CERTIFICATE"
    broken += b"\n-----END " + kind + b"-----\n"
    data = certificate_pem + broken if where == "key" else broken + key_pem
    assert refused(data, "")[0] == "CERTIFICADO_ILEGIBLE"


def test_keys_that_do_not_serve() -> None:
    small = throwaway_pkcs12(RUC, "X", "x", NOT_BEFORE, NOT_AFTER, key_size=1024)
    code, text = refused(small, "x")
    assert code == "CERTIFICADO_NO_SIRVE"
    assert "1024" in text
    curve = ec.generate_private_key(ec.SECP256R1())
    data = pkcs12.serialize_key_and_certificates(b"x", curve, None, None, serialization.NoEncryption())
    assert refused(data, "") == ("CERTIFICADO_NO_SIRVE", "La clave no es RSA (EC).")


@pytest.mark.parametrize("style", ["modern", "legacy"])
def test_throwaway_file_opens_elsewhere(style: str, tmp_path: Path) -> None:
    """The openssl program reads what the demo makes."""
    data = throwaway_pkcs12(RUC, "X" * 200, PASSWORD, NOT_BEFORE, NOT_AFTER, style=style)  # type: ignore[arg-type]
    (tmp_path / "demo.p12").write_bytes(data)
    command = ["openssl", "pkcs12", "-in", "demo.p12", "-passin", f"pass:{PASSWORD}", "-nodes", "-legacy"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert RUC in done.stdout, done.stderr
    assert keys.load(data, PASSWORD)


@pytest.mark.parametrize("name", ["sha256", "sha1"])
def test_signature_is_openssl_s(name: HashName, pair: Pair, tmp_path: Path) -> None:
    signer = keys.LocalSigner(*pair)
    (tmp_path / "signature").write_bytes(signer.sign(b"contenido", name))
    (tmp_path / "data").write_bytes(b"contenido")
    (tmp_path / "public.pem").write_bytes(
        pair[0]
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    command = ["openssl", "dgst", f"-{name}", "-verify", "public.pem", "-signature", "signature", "data"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "Verified OK\n", done.stderr


def test_signer_tells_nothing(pair: Pair) -> None:
    signer = keys.LocalSigner(*pair)
    shown = repr(signer) + str(signer)
    assert RUC not in shown
    assert "EMPRESA" not in shown
    assert str(pair[0].private_numbers().d) not in shown
    for leak in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            leak(signer)


def test_identity_for_mutual_tls_is_encrypted(pair: Pair) -> None:
    pem = keys.LocalSigner(*pair).encrypted_pem(b"secreto")
    assert b"ENCRYPTED PRIVATE KEY" in pem
    assert keys.load_pem(pem, "secreto").certificate_der == pair[1].public_bytes(serialization.Encoding.DER)
