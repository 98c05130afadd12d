"""What a received DE says against itself: its CDC, its QR and its totals."""

from __future__ import annotations

import hashlib
from decimal import Decimal, localcontext
from urllib.parse import parse_qsl, urlsplit

from emitir.country_files import MAL, SIN_COMPROBAR, Check
from emitir.i18n import N_
from emitir.money import EXACT
from emitir.paraguay import cdc
from emitir.paraguay.documents.qr import CONSULTA, CSC_DE_PRUEBA
from emitir.paraguay.verificacion.documento import Recibido

#: SIFEN's own tolerance on sums (spec.md §6).
_TOLERANCE = Decimal("0.5")
_REST = "gValorItem/gValorRestaItem/"


def cdc_check(d: Recibido) -> Check:
    """Whether the CDC has its form and its digits, and says what the document says (1000, 1003)."""
    parts = cdc.parse(d.cdc)
    if parts is None:
        text = N_("El CDC no tiene la forma o los dígitos verificadores de uno.")
        return Check("cdc", MAL, text)
    emis, timb = "gDatGralOpe/gEmis/", "gTimb/"
    said = {
        "tipo": (parts.tipo, d.tipo),
        "RUC": (f"{parts.ruc}-{parts.dv}", d.ruc),
        "establecimiento": (parts.establecimiento, d.text(f"{timb}dEst")),
        "punto": (parts.punto, d.text(f"{timb}dPunExp")),
        "número": (f"{parts.numero:07d}", d.text(f"{timb}dNumDoc")),
        "tipo de contribuyente": (parts.tipo_contribuyente, d.text(f"{emis}iTipCont")),
        "fecha": (parts.fecha.isoformat(), d.text("gDatGralOpe/dFeEmiDE")[:10]),
        "tipo de emisión": (parts.tipo_emision, d.text("gOpeDE/iTipEmi")),
        "código de seguridad": (parts.codigo_seguridad, d.text("gOpeDE/dCodSeg")),
        "dígito": (d.cdc[-1], d.text("dDVId")),
    }
    wrong = [name for name, (one, other) in said.items() if one != other]
    if wrong:
        text = N_("El CDC no dice lo mismo que el documento: {parts}.")
        return Check("cdc", MAL, text, {"parts": ", ".join(wrong)})
    return Check("cdc", "bien")


def qr_check(d: Recibido, csc: str) -> Check:
    """Whether the QR says what the document says (2500, 2502), and its seal where the CSC is known (2501)."""
    address = urlsplit(d.qr)
    if f"{address.scheme}://{address.netloc}{address.path}" not in {
        f"{base}/qr" for base in CONSULTA.values()
    }:
        return Check("qr", MAL, N_("El QR no lleva a la consulta de la DNIT."))
    said = dict(parse_qsl(address.query))
    receiver = "gDatGralOpe/gDatRec/"
    who = "dRucRec" if d.text(f"{receiver}dRucRec") else "dNumIDRec"
    right = {
        "nVersion": "150",
        "Id": d.cdc,
        "dFeEmiDE": d.text("gDatGralOpe/dFeEmiDE").encode().hex(),
        who: d.text(f"{receiver}{who}"),
        "dTotGralOpe": d.text("gTotSub/dTotGralOpe") or "0",
        "dTotIVA": d.text("gTotSub/dTotIVA") or "0",
        "cItems": str(len(d.items)),
        "DigestValue": d.digest.encode().hex(),
    }
    wrong = [name for name, value in right.items() if said.get(name) != value]
    if wrong:
        text = N_("El QR no dice lo mismo que el documento: {parts}.")
        return Check("qr", MAL, text, {"parts": ", ".join(wrong)})
    test = "-test/" in address.path
    known = csc or (CSC_DE_PRUEBA.get(said.get("IdCSC", ""), "") if test else "")
    if not known:
        text = N_("El contenido del QR es el del documento; su sello solo lo comprueba quien conoce el CSC.")
        return Check("qr", "bien", text)
    signed, _, seal = address.query.rpartition("&cHashQR=")
    if hashlib.sha256((signed + known).encode()).hexdigest() != seal:
        # In the test environment most companies have a CSC of their own.
        if not csc:
            return Check("qr", SIN_COMPROBAR, N_("El sello del QR no es de un CSC genérico de pruebas."))
        return Check("qr", MAL, N_("El sello del QR no corresponde al CSC."))
    return Check("qr", "bien")


def totals(d: Recibido) -> Check:
    """Whether lines and totals amount to what they say, within SIFEN's tolerance (spec.md §6)."""
    with localcontext(EXACT):
        wrong = [name for name, (said, right) in _figures(d).items() if abs(said - right) > _TOLERANCE]
    if wrong:
        return Check("totales", MAL, N_("No cuadran: {parts}."), {"parts": ", ".join(wrong)})
    return Check("totales", "bien")


def _figures(d: Recibido) -> dict[str, tuple[Decimal, Decimal]]:
    """What is said, and what it should be, by the name of the element."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    if d.tipo == "7":
        return found
    sums: dict[str, Decimal] = {}
    for number, item in enumerate(d.items, 1):
        quantity, price = d.amount("dCantProSer", item), d.amount("gValorItem/dPUniProSer", item)
        taken = {
            "dTotDesc": d.amount(f"{_REST}dDescItem", item),
            "dTotDescGlotem": d.amount(f"{_REST}dDescGloItem", item),
            "dTotAntItem": d.amount(f"{_REST}dAntPreUniIt", item),
            "dTotAnt": d.amount(f"{_REST}dAntGloPreUniIt", item),
        }
        total = d.amount(f"{_REST}dTotOpeItem", item)
        gross = d.amount("gValorItem/dTotBruOpeItem", item)
        found[f"ítem {number}: dTotBruOpeItem"] = (gross, price * quantity)
        found[f"ítem {number}: dTotOpeItem"] = (total, (price - sum(taken.values())) * quantity)
        rate, base = d.amount("gCamIVA/dTasaIVA", item), d.amount("gCamIVA/dBasGravIVA", item)
        tax = d.amount("gCamIVA/dLiqIVAItem", item)
        share = d.amount("gCamIVA/dPropIVA", item)
        if item.find("{*}gCamIVA") is not None:
            found[f"ítem {number}: dBasGravIVA"] = (base, 100 * total * share / (10000 + rate * share))
            found[f"ítem {number}: dLiqIVAItem"] = (tax, base * rate / 100)
        parts = {name: value * quantity for name, value in taken.items()}
        parts |= {"dTotOpe": total, f"dIVA{rate:f}": tax, f"dBaseGrav{rate:f}": base}
        for name, value in parts.items():
            sums[name] = sums.get(name, Decimal(0)) + value
    names = ["dTotOpe", "dTotDesc", "dTotDescGlotem", "dTotAntItem", "dTotAnt"]
    if d.text("gTotSub/dTotIVA"):
        names += ["dIVA5", "dIVA10", "dBaseGrav5", "dBaseGrav10"]
        iva = d.amount("gTotSub/dIVA5") + d.amount("gTotSub/dIVA10")
        found["dTotIVA"] = (d.amount("gTotSub/dTotIVA"), iva)
    for name in names:
        found[name] = (d.amount(f"gTotSub/{name}"), sums.get(name, Decimal(0)))
    general = d.amount("gTotSub/dTotOpe") - d.amount("gTotSub/dRedon") + d.amount("gTotSub/dComi")
    found["dTotGralOpe"] = (d.amount("gTotSub/dTotGralOpe"), general)
    if rate := d.amount("gDatGralOpe/gOpeCom/dTiCam"):
        found["dTotalGs"] = (d.amount("gTotSub/dTotalGs"), d.amount("gTotSub/dTotGralOpe") * rate)
    return found
