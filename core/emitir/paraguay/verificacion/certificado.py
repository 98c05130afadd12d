"""The certificate of a received DE: whose it is, whether it was in force, and who vouches for it (spec.md §7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from emitir import error_codes as codes
from emitir.country_files import MAL, SIN_COMPROBAR, Check
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.paraguay.certificado import rucs
from emitir.paraguay.plazos import utc
from emitir.paraguay.verificacion.documento import Recibido
from emitir.paraguay.verificacion.firma import certificates

#: Certificates from the signer's to the root at most.
_LONGEST = 6


def _signed_at(received: Recibido) -> datetime | None:
    try:
        return utc(datetime.fromisoformat(received.text("dFecFirma")).replace(tzinfo=None))
    except ValueError:
        return None


def certificate(received: Recibido) -> Check:
    """Whether the certificate is the issuer's and was in force at the moment of the signature."""
    shown = certificates(received)
    moment = _signed_at(received)
    if not shown or moment is None:
        text = N_("No trae un certificado legible, o la fecha de la firma.")
        return Check("certificado", MAL, text)
    own = shown[0]
    if not own.not_valid_before_utc <= moment <= own.not_valid_after_utc:
        text = N_("El certificado no estaba vigente en la fecha de la firma.")
        return Check("certificado", MAL, text)
    named = rucs(own)
    if not named:
        text = N_("El certificado no dice de qué RUC es.")
        return Check("certificado", SIN_COMPROBAR, text)
    if received.ruc not in named:
        text = N_("El certificado es del RUC {found} y el documento de {ruc}.")
        return Check("certificado", MAL, text, {"found": ", ".join(sorted(named)), "ruc": received.ruc})
    return Check("certificado", "bien")


def chain(received: Recibido, trust: bytes | None, now: datetime) -> Check:
    """Whether a certification authority of the trust file vouches for the certificate, at the moment of the signature.

    Raises EmitirError for a trust file without certificates.
    """
    if trust is None:
        text = N_("No se indicó un archivo de autoridades de certificación.")
        return Check("cadena", SIN_COMPROBAR, text)
    try:
        trusted = x509.load_pem_x509_certificates(trust)
    except ValueError:
        text = N_("El archivo de confianza no tiene certificados en PEM.")
        raise EmitirError(Problem(codes.CONFIGURACION_INVALIDA, text, "confianza")) from None
    shown = certificates(received)
    moment = _signed_at(received) or now
    if not shown or not _vouched(shown[0], shown[1:], trusted, moment):
        text = N_("Ninguna autoridad del archivo de confianza responde por el certificado.")
        return Check("cadena", MAL, text)
    return Check("cadena", "bien")


def _vouched(
    own: x509.Certificate,
    between: Sequence[x509.Certificate],
    trusted: Sequence[x509.Certificate],
    moment: datetime,
) -> bool:
    """Whether issuers in force, all of them authorities, lead from ``own`` to a trusted one."""
    for _ in range(_LONGEST):
        if own in trusted:
            return True
        above = next(
            (one for one in (*trusted, *between) if _issued(own, one) and _in_force(one, moment)), None
        )
        if above is None or above == own:
            return False
        own = above
    return False


def _issued(lower: x509.Certificate, upper: x509.Certificate) -> bool:
    try:
        lower.verify_directly_issued_by(upper)
        constraints = upper.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return constraints.ca


def _in_force(one: x509.Certificate, moment: datetime) -> bool:
    return one.not_valid_before_utc <= moment <= one.not_valid_after_utc
