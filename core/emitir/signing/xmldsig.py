"""Enveloped XML-DSig over text that is canonical already: hash, sign, splice. Nothing is parsed.

The document comes as two pieces, before and after the place of the signature. Their concatenation is
the canonical form of the document without its signature (the enveloped-signature transform takes the
signature out again), so its digest is taken of the very bytes that are sent. ``SignedInfo`` is written in
the form that it has as the apex of its own canonicalization: inclusive C14N repeats there every namespace
in scope, exclusive C14N only its own.

Peru: spec.md §3. Algorithms: RSA-SHA256 with SHA-256, or RSA-SHA1 with SHA-1 for an OSE that asks for it.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Literal

from emitir.signing.signer import HashName, Signer

C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
XMLDSIG_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"

_ALGORITHMS: dict[str, tuple[str, str]] = {
    "sha256": (
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "http://www.w3.org/2001/04/xmlenc#sha256",
    ),
    "sha1": (
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#sha1",
    ),
}


@dataclass(frozen=True, slots=True)
class SignatureForm:
    """How one kind of document is signed; built once per kind, its fixed text is laid out beforehand.

    ``scope``: the namespace declarations in scope at the signature, in canonical order, as
    :func:`emitir.xml.namespaces` writes them; must hold the prefix ``ds``. ``reference``: value of
    ``Reference/@URI`` (empty for the whole document). ``signature_id``: value of ``Signature/@Id``.
    """

    scope: str
    signature_id: str
    reference: str = ""
    canonicalization: Literal["inclusive", "exclusive"] = "inclusive"
    hash_name: HashName = "sha256"
    _before_digest: str = field(init=False, repr=False, default="")

    def __post_init__(self) -> None:
        signature_method, digest_method = _ALGORITHMS[self.hash_name]
        inclusive = self.canonicalization == "inclusive"
        transforms = f'<ds:Transform Algorithm="{ENVELOPED}"></ds:Transform>'
        if not inclusive:
            transforms += f'<ds:Transform Algorithm="{EXCLUSIVE_C14N}"></ds:Transform>'
        text = (
            f'<ds:CanonicalizationMethod Algorithm="{C14N if inclusive else EXCLUSIVE_C14N}">'
            f'</ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="{signature_method}"></ds:SignatureMethod>'
            f'<ds:Reference URI="{self.reference}"><ds:Transforms>{transforms}</ds:Transforms>'
            f'<ds:DigestMethod Algorithm="{digest_method}"></ds:DigestMethod><ds:DigestValue>'
        )
        object.__setattr__(self, "_before_digest", text)

    def digest(self, *pieces: bytes) -> str:
        """Base64 digest of the pieces one after another."""
        state = hashlib.new(self.hash_name, usedforsecurity=self.hash_name != "sha1")
        for piece in pieces:
            state.update(piece)
        return b64encode(state.digest()).decode("ascii")

    def element(self, digest: str, signer: Signer) -> bytes:
        """The ``ds:Signature`` element for a document of that digest."""
        inside = f"{self._before_digest}{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
        scope = self.scope if self.canonicalization == "inclusive" else f' xmlns:ds="{XMLDSIG_NAMESPACE}"'
        value = signer.sign(f"<ds:SignedInfo{scope}>{inside}".encode(), self.hash_name)
        return (
            f'<ds:Signature Id="{self.signature_id}"><ds:SignedInfo>{inside}<ds:SignatureValue>'
            f"{b64encode(value).decode('ascii')}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>"
            f"{signer.certificate_b64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>"
        ).encode("ascii")
