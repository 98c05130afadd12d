"""A received rDE taken apart: its element, its texts, who and what it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from emitir import error_codes as codes
from emitir.country_facts import QrFacts
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.paraguay.documents.firma import NAMESPACE
from emitir.signing.xmldsig import XMLDSIG_NAMESPACE
from emitir.soap.reader import UnsafeXmlError, parse

NS = {"s": NAMESPACE, "ds": XMLDSIG_NAMESPACE}
#: What an XML from outside may hold beside the document: SIFEN's answer to a consulta, a lote of one.
_RDE = re.compile(rb"<rDE[\s>].*?</rDE>", re.DOTALL)
_NADA = Decimal(0)


@dataclass(frozen=True)
class Recibido:
    """``rde``: the root; ``de``: what is signed."""

    rde: etree._Element
    de: etree._Element

    def text(self, path: str, at: etree._Element | None = None) -> str:
        """Text of the first element at ``path`` (names without prefix, ``/`` between them) under DE."""
        place = self.de if at is None else at
        return place.findtext("/".join(f"s:{name}" for name in path.split("/")), "", NS) or ""

    def amount(self, path: str, at: etree._Element | None = None) -> Decimal:
        """Amount at ``path``; zero for none. Raises EmitirError for what is no number."""
        found = self.text(path, at)
        try:
            value = Decimal(found) if found else _NADA
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise _no_document(N_("Hay un importe que no es un número."))
        return value

    @property
    def cdc(self) -> str:
        return self.de.get("Id") or ""

    @property
    def tipo(self) -> str:
        return self.text("gTimb/iTiDE")

    @property
    def ruc(self) -> str:
        """RUC of the issuer with its digit."""
        return f"{self.text('gDatGralOpe/gEmis/dRucEm')}-{self.text('gDatGralOpe/gEmis/dDVEmi')}"

    @property
    def items(self) -> list[etree._Element]:
        return self.de.findall("s:gDtipDE/s:gCamItem", NS)

    @property
    def digest(self) -> str:
        """DigestValue as it stands in the signature."""
        found = self.rde.findtext("ds:Signature/ds:SignedInfo/ds:Reference/ds:DigestValue", "", NS)
        return "".join((found or "").split())

    @property
    def qr(self) -> str:
        """dCarQR."""
        return self.rde.findtext("s:gCamFuFD/s:dCarQR", "", NS) or ""

    def facts(self) -> QrFacts:
        """What the document says of itself. Raises EmitirError when it lacks what every one has."""
        timbrado, serie = self.text("gTimb/dNumTim"), self.text("gTimb/dSerieNum")
        parts = (timbrado, self.text("gTimb/dEst"), self.text("gTimb/dPunExp"), serie)
        receiver = "gDatGralOpe/gDatRec/"
        ruc = self.text(f"{receiver}dRucRec")
        try:
            numero = int(self.text("gTimb/dNumDoc"))
            fecha = date.fromisoformat(self.text("gDatGralOpe/dFeEmiDE")[:10])
        except ValueError:
            raise _no_document(N_("Le faltan el número o la fecha de un documento electrónico.")) from None
        return QrFacts(
            self.ruc,
            self.tipo,
            "-".join(part for part in parts if part),
            numero,
            fecha,
            self.amount("gTotSub/dTotGralOpe"),
            f"{ruc}-{self.text(f'{receiver}dDVRec')}" if ruc else self.text(f"{receiver}dNumIDRec"),
            self.digest,
            self.cdc,
        )


def _no_document(text: str) -> EmitirError:
    return EmitirError(Problem(codes.FORMATO_INVALIDO, text, "xml"))


def read(content: bytes) -> Recibido:
    """The document in ``content``. Raises EmitirError when there is none, or several."""
    found = _RDE.findall(content)
    if len(found) != 1:
        raise _no_document(
            N_("El archivo no tiene un documento electrónico (rDE).")
            if not found
            else N_("El archivo tiene varios documentos electrónicos: envíe uno por vez.")
        )
    try:
        root = parse(found[0])
    except UnsafeXmlError:
        raise _no_document(N_("El archivo no es un XML bien formado.")) from None
    de = root.find("s:DE", NS)
    if root.tag != f"{{{NAMESPACE}}}rDE" or de is None:
        raise _no_document(N_("El archivo no tiene un documento electrónico (rDE)."))
    return Recibido(root, de)
