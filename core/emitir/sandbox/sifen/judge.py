"""The judge of a document: what it says against itself, in the authority's own wording (tables 10.4 and 12 of the MT).

It reads the bytes alone and shares no code with the builder: check digits, sums and the QR are computed anew.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

from emitir.sandbox.sifen.messages import NS, Judgement
from emitir.sandbox.sifen.signature import BrokenSignatureError, speaks_of, verify
from emitir.sandbox.sunat.xmlsafe import Element

TEST_NAME = "DE generado en ambiente de prueba - sin valor comercial ni fiscal"
#: The generic pairs of the test environment; the sandbox knows no other CSC.
CSC = {"0001": "ABCD0000000000000000000000000000", "0002": "EFGH0000000000000000000000000000"}
QR_BASE = "https://ekuatia.set.gov.py/consultas-test/qr"
_TOLERANCE = Decimal("0.5")
_ZERO = Decimal(0)


def digit(text: str) -> str:
    """The DNIT's check digit, as its algorithm is worded."""
    total, weight = 0, 2
    for char in reversed("".join(c if c.isdigit() else str(ord(c)) for c in text)):
        total += int(char) * weight
        weight = weight + 1 if weight < 11 else 2
    rest = total % 11
    return str(11 - rest) if rest > 1 else "0"


class Document:
    """A rDE being judged."""

    def __init__(self, rde: Element) -> None:
        self.rde = rde
        self.de: Element = rde.xpath("s:DE", namespaces=NS)[0]

    def text(self, path: str, at: Element | None = None) -> str:
        """Text of the first element at ``path`` under ``DE``; empty for none."""
        found = (self.de if at is None else at).findtext(path, namespaces=NS)
        return found or ""

    def amount(self, path: str, at: Element | None = None) -> Decimal:
        """Amount at ``path``; zero for none."""
        text = self.text(path, at)
        return Decimal(text) if text else _ZERO

    @property
    def cdc(self) -> str:
        return str(self.de.get("Id"))

    @property
    def tipo(self) -> str:
        return self.text("s:gTimb/s:iTiDE")

    @property
    def number(self) -> tuple[str, ...]:
        """What no other approved document may have as well (1002)."""
        names = ("iTiDE", "dNumTim", "dEst", "dPunExp", "dNumDoc", "dSerieNum")
        return tuple(self.text(f"s:gTimb/s:{name}") for name in names)

    @property
    def ruc(self) -> str:
        return self.text("s:gDatGralOpe/s:gEmis/s:dRucEm")


def judge(document: Document, now: datetime) -> Judgement:
    """Everything that SIFEN would find in the document alone. ``now``: a moment with its zone."""
    said = Judgement()
    here = now.replace(tzinfo=None)
    try:
        for look in (_signature, _identity, _receiver, _lines, _totals, _associated, _qr):
            look(document, said)
        _dates(document, said, here)
    except (ValueError, ArithmeticError):  # only where there was no schema to say so before
        said.refuse("0160", "XML malformado: [un número o una fecha no lo son]")
    return said


def _signature(d: Document, said: Judgement) -> None:
    try:
        certificate = verify(d.de)
    except BrokenSignatureError as broken:
        said.refuse("0141", f"Firma inválida: {broken}")
        return
    dv = d.text("s:gDatGralOpe/s:gEmis/s:dDVEmi")
    if not speaks_of(certificate, f"{d.ruc}-{dv}"):
        said.refuse("0142", "El certificado no corresponde al RUC del emisor")


def _identity(d: Document, said: Judgement) -> None:
    emis, timb = "s:gDatGralOpe/s:gEmis/s:", "s:gTimb/s:"
    parts = (
        d.text(f"{timb}iTiDE").zfill(2),
        d.ruc.zfill(8),
        d.text(f"{emis}dDVEmi"),
        d.text(f"{timb}dEst"),
        d.text(f"{timb}dPunExp"),
        d.text(f"{timb}dNumDoc"),
        d.text(f"{emis}iTipCont"),
        d.text("s:gDatGralOpe/s:dFeEmiDE")[:10].replace("-", ""),
        d.text("s:gOpeDE/s:iTipEmi"),
        d.text("s:gOpeDE/s:dCodSeg"),
    )
    if "".join(parts) != d.cdc[:43]:
        said.refuse("1000", "CDC no correspondiente con las informaciones del XML")
    if digit(d.cdc[:43]) != d.cdc[43:] or d.text("s:dDVId") != d.cdc[43:]:
        said.refuse("1003", "DV del CDC inválido")
    if d.text("s:gOpeDE/s:iTipEmi") != "1":
        said.refuse("1050", "Tipo de emisión inválido en esta etapa")
    if d.tipo not in {"1", "4", "5", "6", "7"}:
        said.refuse("1100", "Tipo de documento no habilitado")
    if digit(d.ruc) != d.text(f"{emis}dDVEmi"):
        said.refuse("1253", "Dígito Verificador del RUC del emisor incorrecto")
    if d.text(f"{emis}dNomEmi") != TEST_NAME:
        said.refuse("1263", "Nombre o razón social del emisor del DE inválido")
    if d.rde.find("s:gCamFuFD/s:dInfAdic", NS) is not None:
        said.refuse("2503", "Información adicional de interés para el emisor fue incluida en el DE")


def _dates(d: Document, said: Judgement, here: datetime) -> None:
    issued = datetime.fromisoformat(d.text("s:gDatGralOpe/s:dFeEmiDE"))
    signed = datetime.fromisoformat(d.text("s:dFecFirma"))
    if signed > here:
        said.refuse("1004", "La fecha y hora de la firma digital es adelantada")
    if here - issued > timedelta(hours=720):
        said.refuse("1150", "La fecha y hora de emisión del DE informada es inválida por retraso")
    if issued - here > timedelta(hours=120):
        said.refuse("1151", "La fecha y hora de emisión del DE informada es inválida por envío adelantado")
    if issued.date().isoformat() < d.text("s:gTimb/s:dFeIniT"):
        said.refuse(
            "1103", "El número de timbrado no se encuentra vigente a la fecha de emisión del comprobante"
        )
    if here - signed > timedelta(hours=72):
        judged = Judgement()
        judged.refuse("1005", "Transmisión extemporánea del DE")
        said.remarks += judged.findings


def _receiver(d: Document, said: Judgement) -> None:
    rec = d.de.find("s:gDatGralOpe/s:gDatRec", NS)
    ruc, dv, kind = d.text("s:dRucRec", rec), d.text("s:dDVRec", rec), d.text("s:iTipIDRec", rec)
    nature, operation = d.text("s:iNatRec", rec), d.text("s:iTiOpe", rec)
    if nature == "1" and not ruc:
        said.refuse("1304", "Es obligatorio informar el RUC del receptor contribuyente")
    if nature == "2" and ruc:
        said.refuse("1305", "RUC del receptor no requerido")
    if ruc and digit(ruc) != dv:
        said.refuse("1309", "Dígito Verificador del RUC del receptor incorrecto")
    if nature == "2" and operation not in {"2", "4"}:
        said.refuse("1300", "El tipo de operación no compatible con la naturaleza del receptor")
    if (operation == "4") == (d.text("s:cPaisRec", rec) == "PRY"):
        said.refuse("1320", "Código de país del receptor inválido para el tipo de operación informado")
    if d.tipo == "4" and ruc != d.ruc:
        said.refuse("1317", "RUC del Receptor inválido para el tipo de documento electrónico")
    if kind == "5" and d.tipo != "1":
        said.refuse("1331", "El adquiriente del comprobante de venta informado no se encuentra identificado")
    total = d.amount("s:gTotSub/s:dTotalGs") or d.amount("s:gTotSub/s:dTotGralOpe")
    samples = d.text("s:gDatGralOpe/s:gOpeCom/s:iTipTra") == "13"
    if kind == "5" and total >= 7_000_000 and not samples:
        said.refuse("1321", "Tipo de documento de identidad del receptor incorrecto para el total")
    motive = d.text("s:gDtipDE/s:gCamNRE/s:iMotEmiNR")
    if motive == "7" and ruc != d.ruc:
        said.refuse("2606", "RUC del receptor no coincidente con el RUC del emisor")


def _near(said: Judgement, code: str, name: str, got: Decimal, right: Decimal) -> None:
    if abs(got - right) > _TOLERANCE:
        said.refuse(code, f"Cálculo incorrecto de {name}: {got}, corresponde {right:.8f}")


def _lines(d: Document, said: Judgement) -> None:
    for item in d.de.findall("s:gDtipDE/s:gCamItem", NS):
        if d.tipo == "7":
            continue
        quantity = d.amount("s:dCantProSer", item)
        price = d.amount("s:gValorItem/s:dPUniProSer", item)
        rest = "s:gValorItem/s:gValorRestaItem/s:"
        names = ("dDescItem", "dDescGloItem", "dAntPreUniIt", "dAntGloPreUniIt")
        taken = sum((d.amount(rest + name, item) for name in names), _ZERO)
        total = d.amount(f"{rest}dTotOpeItem", item)
        _near(said, "1859", "E727", d.amount("s:gValorItem/s:dTotBruOpeItem", item), price * quantity)
        _near(said, "1853", "EA008", total, (price - taken) * quantity)
        iva = item.find("s:gCamIVA", NS)
        if iva is None:
            continue
        kind, share, rate = (
            d.text("s:iAfecIVA", iva),
            d.amount("s:dPropIVA", iva),
            d.amount("s:dTasaIVA", iva),
        )
        base, tax = d.amount("s:dBasGravIVA", iva), d.amount("s:dLiqIVAItem", iva)
        if kind in {"1", "4"} and rate not in {Decimal(5), Decimal(10)}:
            said.refuse("1908", "Tasa del IVA es incorrecta")
        if kind in {"2", "3"} and (share or rate):
            said.refuse("1907", "Tasa del IVA es incorrecta para forma de afectación Exonerado o Exento")
        taxed = 100 * total * share / (10000 + rate * share)
        _near(said, "1910" if rate == 5 else "1911", "E735", base, taxed)
        _near(said, "1913", "E736", tax, base * rate / 100)
        exempt = 100 * total * (100 - share) / (10000 + rate * share) if kind == "4" else _ZERO
        _near(said, "1921", "E737", d.amount("s:dBasExe", iva), exempt)


def _totals(d: Document, said: Judgement) -> None:
    totals = d.de.find("s:gTotSub", NS)
    if (totals is None) != (d.tipo == "7"):
        said.refuse("2350" if totals is None else "2351", "Grupo de subtotales y totales")
    if totals is None:
        return
    items = d.de.findall("s:gDtipDE/s:gCamItem", NS)
    rest = "s:gValorItem/s:gValorRestaItem/s:"
    lines = sum((d.amount(f"{rest}dTotOpeItem", item) for item in items), _ZERO)
    _near(said, "2362", "F008", d.amount("s:dTotOpe", totals), lines)
    general = d.amount("s:dTotOpe", totals) - d.amount("s:dRedon", totals) + d.amount("s:dComi", totals)
    _near(said, "2365", "F014", d.amount("s:dTotGralOpe", totals), general)
    for code, name, element in (
        ("2363", "dTotDesc", "dDescItem"),
        ("2383", "dTotDescGlotem", "dDescGloItem"),
        ("2384", "dTotAntItem", "dAntPreUniIt"),
        ("2387", "dTotAnt", "dAntGloPreUniIt"),
    ):
        right = sum(
            (d.amount(rest + element, item) * d.amount("s:dCantProSer", item) for item in items), _ZERO
        )
        _near(said, code, name, d.amount(f"s:{name}", totals), right)
    for percent, code, name in ((5, "2367", "dIVA5"), (10, "2369", "dIVA10")):
        taxes = (
            d.amount("s:gCamIVA/s:dLiqIVAItem", item)
            for item in items
            if d.amount("s:gCamIVA/s:dTasaIVA", item) == percent
        )
        if d.text("s:dTotIVA", totals):
            _near(said, code, name, d.amount(f"s:{name}", totals), sum(taxes, _ZERO))
    iva = d.amount("s:dIVA5", totals) + d.amount("s:dIVA10", totals)
    _near(said, "2371", "F017", d.amount("s:dTotIVA", totals), iva)
    rate = d.amount("s:gDatGralOpe/s:gOpeCom/s:dTiCam")
    if rate:
        right = d.amount("s:dTotGralOpe", totals) * rate
        _near(said, "2385", "F023", d.amount("s:dTotalGs", totals), right)


def _associated(d: Document, said: Judgement) -> None:
    found = d.de.findall("s:gCamDEAsoc", NS)
    if d.tipo in {"4", "5", "6"} and not found:
        said.refuse(
            "2400", "Documento asociado es obligatorio para el tipo de documento electrónico seleccionado"
        )
    if d.tipo in {"4", "5", "6"} and len(found) > 1:
        said.refuse("2415", "Cantidad incorrecta de documento(s) asociado(s)")
    for one in found:
        constancia = d.text("s:iTipDocAso", one) == "3"
        if constancia != (d.tipo == "4"):
            said.refuse("2416" if d.tipo == "4" else "2434", "Tipo de documento asociado incorrecto")
        other, merged = d.text("s:dCdCDERef", one), d.text("s:dRucFus", one)
        if d.tipo in {"5", "6"} and other and other[2:10].lstrip("0") != (merged or d.ruc):
            said.refuse("2439", "El CDC asociado no corresponde al emisor del documento electrónico")


def _qr(d: Document, said: Judgement) -> None:
    url = d.rde.findtext("s:gCamFuFD/s:dCarQR", default="", namespaces=NS)
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}{parts.path}" != QR_BASE:
        said.refuse("2502", "URL de consulta de código QR es inválida")
    query = dict(parse_qsl(parts.query))
    signed, _, seal = parts.query.rpartition("&cHashQR=")
    csc = CSC.get(query.get("IdCSC", ""), "")
    if not csc or hashlib.sha256((signed + csc).encode()).hexdigest() != seal:
        said.refuse("2501", "El hash del código QR incluido en la cadena de caracteres es inválido")
    rec = "s:gDatGralOpe/s:gDatRec/s:"
    digest = d.rde.findtext(
        "ds:Signature/ds:SignedInfo/ds:Reference/ds:DigestValue", default="", namespaces=NS
    )
    right = {
        "nVersion": "150",
        "Id": d.cdc,
        "dFeEmiDE": d.text("s:gDatGralOpe/s:dFeEmiDE").encode().hex(),
        "dTotGralOpe": d.text("s:gTotSub/s:dTotGralOpe") or "0",
        "dTotIVA": d.text("s:gTotSub/s:dTotIVA") or "0",
        "cItems": str(len(d.de.findall("s:gDtipDE/s:gCamItem", NS))),
        "DigestValue": digest.encode().hex(),
    }
    who = "dRucRec" if d.text(f"{rec}dRucRec") else "dNumIDRec"
    right[who] = d.text(f"{rec}{who}")
    if any(query.get(name) != value for name, value in right.items()):
        said.refuse(
            "2500", "Cadena de caracteres correspondiente al código QR no es coincidente con el archivo XML"
        )
