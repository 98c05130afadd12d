"""Parts shared by SUNAT's own UBL 2.0 documents (resumen diario, comunicación de baja): old parties, names."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from emitir.country import Signed
from emitir.peru.documents import ubl
from emitir.peru.emisor import Emisor
from emitir.signing.signer import HashName, Signer
from emitir.signing.xmldsig import XMLDSIG_NAMESPACE, SignatureForm
from emitir.xml import namespaces, text

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_SUNAT = "urn:sunat:names:specification:ubl:peru:schema:xsd:"
_EXTENSION = "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>"
AFTER_SIGNATURE = "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
#: SUNAT takes 3 to 100 characters of the issuer's name in these documents (rule 2228).
_NAME_LIMIT = 100


@lru_cache(maxsize=16)
def scope(root: str) -> str:
    """Namespace declarations of a document of that root element (``VoidedDocuments``)."""
    return namespaces(
        f"{_SUNAT}{root}-1",
        {
            "cac": f"{_UBL}CommonAggregateComponents-2",
            "cbc": f"{_UBL}CommonBasicComponents-2",
            "ds": XMLDSIG_NAMESPACE,
            "ext": f"{_UBL}CommonExtensionComponents-2",
            "sac": f"{_SUNAT}SunatAggregateComponents-1",
        },
    )


@lru_cache(maxsize=16)
def _form(root: str, hash_name: HashName) -> SignatureForm:
    return SignatureForm(scope=scope(root), signature_id=ubl.SIGNATURE_ID, hash_name=hash_name)


@lru_cache(maxsize=256)
def _supplier(emisor: Emisor) -> str:
    name = emisor.razon_social[:_NAME_LIMIT]
    return (
        f"<cac:AccountingSupplierParty><cbc:CustomerAssignedAccountID>{emisor.ruc}"
        "</cbc:CustomerAssignedAccountID><cbc:AdditionalAccountID>6</cbc:AdditionalAccountID><cac:Party>"
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{text(name)}</cbc:RegistrationName>"
        "</cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>"
    )


def identifier(kind: str, generated: date, number: int) -> str:
    """``RA-20261121-1``: kind, date of generation, number of the day from 1 to 99999 (spec.md §2)."""
    if not 1 <= number <= 99999:
        raise ValueError("the number of the day goes from 1 to 99999")
    return f"{kind}-{generated:%Y%m%d}-{number}"


def header(version: str, name: str, documents_date: date, generated: date, emisor: Emisor) -> str:
    """From the end of the extension to the issuer: versions, ID, both dates, signature block, supplier."""
    return (
        f"{AFTER_SIGNATURE}<cbc:UBLVersionID>2.0</cbc:UBLVersionID>"
        f"<cbc:CustomizationID>{version}</cbc:CustomizationID><cbc:ID>{name}</cbc:ID>"
        f"<cbc:ReferenceDate>{documents_date}</cbc:ReferenceDate><cbc:IssueDate>{generated}</cbc:IssueDate>"
        f"{ubl.signature_block(emisor)}{_supplier(emisor)}"
    )


def sign(root: str, content: str, emisor: Emisor, signer: Signer) -> Signed:
    """Sign ``content`` (what :func:`header` begins and the lines end) as a document of that root."""
    form = _form(root, ubl.hash_name(emisor))
    return ubl.seal(
        form, f"<{root}{scope(root)}>{_EXTENSION}".encode(), f"{content}</{root}>".encode(), signer
    )
