"""XML-DSig as SIFEN takes it: enveloped by reference, exclusive C14N, RSA-SHA256, no prefix (spec.md §7).

What is signed is one element of the file (``DE``, or an event's ``rEve``). Its exclusive canonical form is the
text that was written, with the default namespace declared on it; ``SignedInfo`` likewise. Nothing is parsed.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode

from emitir.signing.signer import Signer
from emitir.signing.xmldsig import ENVELOPED, EXCLUSIVE_C14N, XMLDSIG_NAMESPACE

NAMESPACE = "http://ekuatia.set.gov.py/sifen/xsd"
_SCOPE = f' xmlns="{XMLDSIG_NAMESPACE}"'
_BEFORE_URI = (
    f'<CanonicalizationMethod Algorithm="{EXCLUSIVE_C14N}"></CanonicalizationMethod>'
    '<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></SignatureMethod>'
    '<Reference URI="#'
)
_BEFORE_DIGEST = (
    f'"><Transforms><Transform Algorithm="{ENVELOPED}"></Transform>'
    f'<Transform Algorithm="{EXCLUSIVE_C14N}"></Transform></Transforms>'
    '<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></DigestMethod><DigestValue>'
)
_AFTER_DIGEST = "</DigestValue></Reference></SignedInfo>"


def digest(*pieces: bytes) -> str:
    """Base64 SHA-256 of the pieces one after another: the canonical form of what is signed."""
    state = hashlib.sha256()
    for piece in pieces:
        state.update(piece)
    return b64encode(state.digest()).decode("ascii")


def signature(reference: str, digest_value: str, signer: Signer) -> str:
    """The ``Signature`` element that comes right after what it signs."""
    inside = f"{_BEFORE_URI}{reference}{_BEFORE_DIGEST}{digest_value}{_AFTER_DIGEST}"
    value = b64encode(signer.sign(f"<SignedInfo{_SCOPE}>{inside}".encode(), "sha256")).decode("ascii")
    return (
        f"<Signature{_SCOPE}><SignedInfo>{inside}<SignatureValue>{value}</SignatureValue><KeyInfo><X509Data>"
        f"<X509Certificate>{signer.certificate_b64}</X509Certificate></X509Data></KeyInfo></Signature>"
    )
