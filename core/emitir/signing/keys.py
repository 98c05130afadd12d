"""Private keys with their certificate, from PKCS#12 and PEM, loaded once (parsing one costs tens of ms).

Every failure is an :class:`~emitir.errors.EmitirError` that tells a wrong password from a damaged file. No
key, password or subject ever stands in a message or a ``repr``.
"""

from __future__ import annotations

import base64
import binascii
import re
import warnings
from collections.abc import Iterable, Sequence
from typing import NoReturn

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from emitir.error_codes import CERTIFICADO_CLAVE_INCORRECTA, CERTIFICADO_ILEGIBLE, CERTIFICADO_NO_SIRVE
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.signing.pfx import Pfx
from emitir.signing.signer import HashName

#: Smallest RSA key that still signs: both SUNAT's and SIFEN's authorities issue 2048 bits or more.
MIN_KEY_BITS = 2048
#: A certificate file of a few kB is usual; more than this is something else.
MAX_FILE_SIZE = 1_000_000

#: What the library raises for data that is no certificate or no key.
BROKEN = (ValueError, UnsupportedAlgorithm, x509.InvalidVersion, x509.DuplicateExtension)

_PADDING = padding.PKCS1v15()
_HASHES: dict[HashName, hashes.HashAlgorithm] = {"sha256": hashes.SHA256(), "sha1": hashes.SHA1()}  # noqa: S303
_PRIVATE_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \1-----", re.DOTALL)
_JAVA_KEYSTORES = (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce")


class LocalSigner:
    """An RSA key held by this process, with its certificate (implements ``signing.signer.Signer``)."""

    __slots__ = ("_chain", "_key", "certificate_b64", "certificate_der")

    def __init__(
        self, key: rsa.RSAPrivateKey, certificate: x509.Certificate, chain: Sequence[x509.Certificate] = ()
    ) -> None:
        self._key = key
        self._chain = (certificate, *chain)
        self.certificate_der = certificate.public_bytes(serialization.Encoding.DER)
        self.certificate_b64 = base64.b64encode(self.certificate_der).decode("ascii")

    def sign(self, data: bytes, hash_name: HashName = "sha256") -> bytes:
        """RSA PKCS#1 v1.5 signature over ``data``."""
        return self._key.sign(data, _PADDING, _HASHES[hash_name])

    def encrypted_pem(self, password: bytes) -> bytes:
        """Key (PKCS#8, encrypted with ``password``) and certificates as PEM: the identity for mutual TLS."""
        key = self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(password),
        )
        return key + b"".join(one.public_bytes(serialization.Encoding.PEM) for one in self._chain)

    def __repr__(self) -> str:
        return f"<LocalSigner {self._chain[0].fingerprint(hashes.SHA256()).hex()[:16]}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not pickled")


def load(data: bytes, password: str) -> LocalSigner:
    """The signer in a file of either kind: PKCS#12, or PEM with key and certificate.

    Raises EmitirError with what is wrong (``CERTIFICADO_*``).
    """
    return load_pem(data, password) if b"-----BEGIN " in data[:100_000] else load_pkcs12(data, password)


def load_pkcs12(data: bytes, password: str) -> LocalSigner:
    """The signer in a PKCS#12 file (.p12, .pfx), modern (AES) or old (3DES, RC2).

    Raises EmitirError: ``CERTIFICADO_CLAVE_INCORRECTA``, ``CERTIFICADO_ILEGIBLE``, ``CERTIFICADO_NO_SIRVE``.
    """
    if not data or len(data) > MAX_FILE_SIZE:
        raise _unreadable(N_("El archivo del certificado está vacío o es demasiado grande."))
    if data.startswith(_JAVA_KEYSTORES):
        raise _unreadable(N_("El archivo es un almacén de claves de Java (JKS), no PKCS#12."))
    for candidate in _passwords(password):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # it warns of BER, which old exporters write
                key, certificate, others = pkcs12.load_key_and_certificates(data, candidate.encode("utf-8"))
        except BROKEN:
            continue
        return _signer(key, [certificate, *others] if certificate else others)
    return _load_old_pkcs12(data, password)


def load_pem(data: bytes, password: str = "", key: bytes | None = None) -> LocalSigner:
    """The signer in PEM text: certificates in ``data``, the key there too or in a second file ``key``.

    ``password``: of the key when it is encrypted, else ignored. Raises EmitirError as load_pkcs12 does.
    """
    if len(data) > MAX_FILE_SIZE or len(key or b"") > MAX_FILE_SIZE:
        raise _unreadable(N_("El archivo del certificado está vacío o es demasiado grande."))
    found = _PRIVATE_PEM.search(key if key is not None else data) or _PRIVATE_PEM.search(data)
    if found is None:
        raise _unreadable(N_("El archivo no contiene la clave privada."))
    try:
        certificates = x509.load_pem_x509_certificates(data)
    except BROKEN as error:
        raise _unreadable(N_("El archivo no contiene un certificado legible.")) from error
    return _signer(_private_key(found, password), certificates)


def _private_key(found: re.Match[bytes], password: str) -> object:
    encrypted = b"ENCRYPTED" in found[0]
    for candidate in _passwords(password) if encrypted else (None,):
        secret = candidate.encode("utf-8") if candidate is not None else None
        try:
            return serialization.load_pem_private_key(found[0], secret)
        except TypeError:  # it is encrypted, and the password is empty
            break
        except BROKEN:
            continue
    if encrypted and _is_base64(found[2]):
        raise EmitirError(_wrong_password())
    raise _unreadable(N_("La clave privada no se puede leer."))


def _is_base64(body: bytes) -> bool:
    text = b"".join(word for word in body.split() if b":" not in word and b"," not in word)  # PEM headers
    try:
        return bool(base64.b64decode(text, validate=True))
    except binascii.Error:
        return False


def _load_old_pkcs12(data: bytes, password: str) -> LocalSigner:
    """What the library refused: open it ourselves, or find out why it does not open."""
    try:
        pfx = Pfx(data)
        verdicts = {candidate: pfx.opened_by(candidate) for candidate in _passwords(password)}
    except ValueError as error:
        if _is_certificate(data):
            raise _unreadable(N_("El archivo no contiene la clave privada.")) from error
        raise _unreadable(N_("El archivo no es PKCS#12 o está dañado.")) from error
    for candidate, verdict in verdicts.items():
        try:
            contents = pfx.contents(candidate, keys_only=verdict is False)
            keys = [
                serialization.load_der_private_key(key, candidate.encode("utf-8") if encrypted else None)
                for key, encrypted in contents.keys
            ]
            certificates = [x509.load_der_x509_certificate(der) for der in contents.certificates]
        except (TypeError, *BROKEN):
            continue
        if verdict is False:
            if keys:  # the password opens the key, so it is the rest of the file that changed
                raise _unreadable(N_("El archivo PKCS#12 está dañado."))
            continue
        return _signer(keys[0] if keys else None, certificates)
    if True in verdicts.values():
        raise _unreadable(N_("El archivo PKCS#12 está dañado o usa un cifrado que no se admite."))
    raise EmitirError(_wrong_password())


def _is_certificate(data: bytes) -> bool:
    try:
        x509.load_der_x509_certificate(data)
    except BROKEN:
        return False
    return True


def _passwords(password: str) -> Iterable[str]:
    """The forms in which a password may have been meant, most likely first, without repetition.

    Pasted with blanks around it; or typed in a UTF-8 terminal for an exporter that took each byte for a
    letter (OpenSSL before 1.1), which makes a difference for ``ñ`` and accents.
    """
    try:
        password.encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair: nobody's password
        return ()
    forms = [password, password.strip()]
    forms += [form.encode("utf-8").decode("latin-1") for form in forms]
    return dict.fromkeys(forms)


def _signer(key: object, certificates: Sequence[x509.Certificate]) -> LocalSigner:
    if key is None:
        raise _unreadable(N_("El archivo no contiene la clave privada."))
    if not isinstance(key, rsa.RSAPrivateKey):
        kind = (
            "EC"
            if isinstance(key, ec.EllipticCurvePrivateKey)
            else "DSA"
            if isinstance(key, dsa.DSAPrivateKey)
            else ""
        )
        raise EmitirError(
            Problem(CERTIFICADO_NO_SIRVE, N_("La clave no es RSA ({kind})."), params={"kind": kind or "otra"})
        )
    if key.key_size < MIN_KEY_BITS:
        raise EmitirError(too_small(key.key_size))
    public = key.public_key().public_numbers()
    own = [one for one in certificates if _numbers(one) == public]
    if not own:
        raise _unreadable(N_("Ningún certificado del archivo corresponde a su clave privada."))
    # A renewed certificate may keep the key: the one that lasts longest is the one in use.
    certificate = max(own, key=lambda one: one.not_valid_after_utc)
    return LocalSigner(key, certificate, [one for one in certificates if one not in own])


def _numbers(certificate: x509.Certificate) -> rsa.RSAPublicNumbers | None:
    try:
        public = certificate.public_key()
    except BROKEN:
        return None
    return public.public_numbers() if isinstance(public, rsa.RSAPublicKey) else None


def too_small(bits: int) -> Problem:
    """The problem of an RSA key of ``bits``, fewer than :data:`MIN_KEY_BITS`."""
    text = N_("La clave RSA es de {bits} bits; se necesitan {minimum} o más.")
    return Problem(CERTIFICADO_NO_SIRVE, text, params={"bits": bits, "minimum": MIN_KEY_BITS})


def _unreadable(text: str) -> EmitirError:
    return EmitirError(Problem(CERTIFICADO_ILEGIBLE, text))


def _wrong_password() -> Problem:
    return Problem(
        CERTIFICADO_CLAVE_INCORRECTA,
        N_("La contraseña no abre el certificado."),
        action=N_("Vuelva a escribir la contraseña; si es la correcta, pida otra copia del archivo."),
    )
