"""Independent judges of a document: the schemas, lxml's canonical form, xmlsec1."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from lxml import etree

from emitir.xml import DECLARATION

#: Root element to the schema of the package that `make test` installs for its XSDs alone.
_SCHEMAS = {
    "Invoice": "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
    "CreditNote": "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
    "DebitNote": "ubl-2.1/maindoc/UBL-DebitNote-2.1.xsd",
    "SummaryDocuments": "sunat-1.0/maindoc/UBLPE-SummaryDocuments-1.0.xsd",
    "Retention": "sunat-1.0/maindoc/UBLPE-Retention-1.0.xsd",
    "Perception": "sunat-1.0/maindoc/UBLPE-Perception-1.0.xsd",
    "DespatchAdvice": "ubl-2.1/maindoc/UBL-DespatchAdvice-2.1.xsd",
    "VoidedDocuments": "sunat-1.0/maindoc/UBLPE-VoidedDocuments-1.0.xsd",
}


@lru_cache(maxsize=8)
def schema(root: str) -> etree.XMLSchema:
    """The schema of a root element."""
    package = importlib.util.find_spec("sunat_py")
    assert package is not None, "make test installs sunat-py for its XSDs"
    assert package.submodule_search_locations is not None
    return etree.XMLSchema(
        etree.parse(str(Path(package.submodule_search_locations[0]) / "xsd" / "schemas" / _SCHEMAS[root]))
    )


def verified_by_xmlsec1(file: Path) -> bool:
    """Whether xmlsec1 finds the signature right, with the key of the certificate in the document."""
    program = shutil.which("xmlsec1")
    assert program, "make test installs xmlsec1"
    options = ["--verify", "--enabled-key-data", "x509", "--insecure"]
    result = subprocess.run([program, *options, str(file)], capture_output=True, check=False, timeout=30)
    return result.returncode == 0


def _as_invoice(root: etree._Element) -> etree._Element:
    """A liquidación de compra as a factura of its parts: the schemas differ in the names of the parties alone.

    The package has no schema of SelfBilledInvoice.
    """
    text = etree.tostring(root).replace(b"SelfBilledInvoice", b"Invoice")
    swapped = text.replace(b"AccountingCustomerParty", b"@").replace(
        b"AccountingSupplierParty", b"AccountingCustomerParty"
    )
    return etree.fromstring(swapped.replace(b"@", b"AccountingSupplierParty"))


def assert_sound(xml: bytes, folder: Path) -> etree._Element:
    """Valid by its schema, its own canonical form, and signed so that one changed byte is noticed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(xml, parser)
    of_purchase = etree.QName(root).localname == "SelfBilledInvoice"
    judged = _as_invoice(root) if of_purchase else root
    rules = schema(etree.QName(judged).localname)
    assert rules.validate(judged), rules.error_log.last_error
    assert (
        etree.tostring(root, method="c14n", exclusive=False, with_comments=False) == xml[len(DECLARATION) :]
    )
    file = folder / "document.xml"
    file.write_bytes(xml)
    assert verified_by_xmlsec1(file)
    file.write_bytes(xml.replace(b"<cbc:UBLVersionID>2.", b"<cbc:UBLVersionID>3.", 1))
    assert not verified_by_xmlsec1(file)
    return root
