"""Names, namespaces and days that the sandbox's tests share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from lxml import etree

RUC = "20123456786"


CUSTOMER = "20000000001"


BILL = "/ol-ti-itcpfegem-beta/billService"


CONSULT = "/ol-it-wsconscpegem/billConsultService"


UBL = "urn:oasis:names:specification:ubl:schema:xsd:"


NS = {
    "i": UBL + "Invoice-2",
    "cac": UBL + "CommonAggregateComponents-2",
    "cbc": UBL + "CommonBasicComponents-2",
    "ext": UBL + "CommonExtensionComponents-2",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "sac": "urn:sunat:names:specification:ubl:peru:schema:xsd:SunatAggregateComponents-1",
    "ar": UBL + "ApplicationResponse-2",
    "s": "http://schemas.xmlsoap.org/soap/envelope/",
    "br": "http://service.sunat.gob.pe",
}


Edit = Callable[[etree._Element], None]


def lima_today() -> date:
    """Today in Lima."""
    return (datetime.now(UTC) - timedelta(hours=5)).date()


def in_days(days: int) -> str:
    """A date so many days from today in Lima."""
    return (lima_today() + timedelta(days=days)).isoformat()
