"""Events: judged by their bytes and by what the archive knows of their document (codes 4000 and up)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from lxml import etree

from emitir.sandbox.sifen.archive import Approved, Archive
from emitir.sandbox.sifen.judge import digit
from emitir.sandbox.sifen.messages import NS, Finding, moment
from emitir.sandbox.sifen.signature import BrokenSignatureError, speaks_of, verify
from emitir.sandbox.sunat.xmlsafe import Element

ASUNCION = timezone(timedelta(hours=-3))
REGISTERED = "0600"
CANCEL, VOID, AGREE, DISAGREE = "rGeVeCan", "rGeVeInu", "rGeVeConf", "rGeVeDisconf"
DENY, NOTIFY, NAME, MOVE = "rGeVeDescon", "rGeVeNotRec", "rGEveNom", "rGeVeTr"
_RECEIVERS = {AGREE: "415", DISAGREE: "420", DENY: "425", NOTIFY: "410"}
_OF_ISSUER = frozenset({CANCEL, VOID, NAME, MOVE})
#: Codes by event: document not there, cancelled, the same event before, too late, after a denial.
_NOT_THERE = {CANCEL: "4002", AGREE: "4152", DISAGREE: "4202", NAME: "4452", MOVE: "4336"}
_CANCELLED = {CANCEL: "4003", AGREE: "4155", DISAGREE: "4204", DENY: "4264", NOTIFY: "4115", NAME: "4452"}
_AGAIN = {DISAGREE: "4200", DENY: "4251", NOTIFY: "4101", NAME: "4453"}
_LATE = {AGREE: "4157", DISAGREE: "4206", DENY: "4263", NOTIFY: "4114"}
_AFTER_DENIAL = {AGREE: "4156", DISAGREE: "4205", NOTIFY: "4113"}
#: What an event of the receiver corrects, and within which time (NT-019).
_CORRECTS = {AGREE: (DISAGREE,), DISAGREE: (AGREE, f"{AGREE}2")}
_TO_CORRECT = timedelta(days=15)
_MAX_RANGE = 1000


def register(event: Element, archive: Archive, now: datetime) -> tuple[str, Finding, int]:
    """Judge one rGesEve and keep it when it is right: its Id, the code, and its protocol."""
    signed = event.find("s:rEve", NS)
    if signed is None:
        return "0", Finding("0160", "XML Mal Formado."), 0
    number = signed.get("Id", "0")
    inner = signed.find("s:gGroupTiEvt/*", NS)
    if inner is None:
        return number, Finding("0160", "XML Mal Formado."), 0
    kind = etree.QName(inner).localname
    try:
        certificate = verify(signed)
    except BrokenSignatureError as broken:
        return number, Finding("0141", f"Firma inválida: {broken}"), 0
    cdc = inner.findtext("s:Id", default="", namespaces=NS)
    if (
        kind in _OF_ISSUER
        and kind != VOID
        and not speaks_of(certificate, f"{cdc[2:10].lstrip('0')}-{cdc[10:11]}")
    ):
        return number, Finding("0143", "RUC del certificado no corresponde al emisor del evento"), 0
    signed_at = datetime.fromisoformat(signed.findtext("s:dFecFirma", default="", namespaces=NS))
    code, text = (
        _void(inner, certificate_ruc(certificate), archive)
        if kind == VOID
        else _of_document(kind, cdc, inner, archive, signed_at)
    )
    if code:
        return number, Finding(code, text), 0
    xml = etree.tostring(event, encoding="unicode", with_tail=False)
    name = kind
    if kind == AGREE and inner.findtext("s:iTipConf", namespaces=NS) == "2":
        name = f"{AGREE}2"
    protocol = archive.add_event(cdc, name, xml, moment(now))
    return number, Finding(REGISTERED, "Evento registrado correctamente"), protocol


def certificate_ruc(certificate: object) -> str:
    """RUC (without digit) that a certificate names; empty for none."""
    from emitir.sandbox.sunat.dsig import subject_texts

    for text in subject_texts(certificate):  # type: ignore[arg-type]
        if text.startswith("RUC") and "-" in text:
            return text[3:].split("-")[0]
    return ""


def _void(inner: Element, ruc: str, archive: Archive) -> tuple[str, str]:
    def text(name: str) -> str:
        return inner.findtext(f"s:{name}", default="", namespaces=NS)

    first, last = int(text("dNumIn")), int(text("dNumFin"))
    if last < first:
        return "4068", "Número final de rango es inválido"
    if last - first >= _MAX_RANGE:
        return "4067", "Cantidad de números en el rango es inválida"
    head = (ruc, text("iTiDE"), text("dNumTim"), text("dEst"), text("dPunExp"))
    numbers = [(*head, f"{number:07d}", text("dSerieNum")) for number in range(first, last + 1)]
    if any(archive.is_used(number) for number in numbers):
        return "4065", "Existe DTE en el rango informado"
    if not archive.give_up(numbers):
        return "4066", "Existe número inutilizado en el rango solicitado"
    return "", ""


def _of_document(
    kind: str, cdc: str, inner: Element, archive: Archive, signed_at: datetime
) -> tuple[str, str]:
    if digit(cdc[:43]) != cdc[43:]:
        return {CANCEL: "4001", NAME: "4451"}.get(kind, _RECEIVERS.get(kind, "400") + "1"), "CDC inválido"
    stored = archive.approved(cdc)
    earlier = archive.events(cdc)
    names = {name for name, *_ in earlier}
    if stored is None:
        code = _NOT_THERE.get(kind, "")
        return (code, "CDC no existente en el SIFEN") if code else ("", "")
    if CANCEL in names and kind in _CANCELLED:
        return _CANCELLED[kind], "El CDC del DTE se encuentra cancelado"
    if DENY in names and kind in _AFTER_DENIAL:
        return _AFTER_DENIAL[kind], "Incongruencia en el registro de eventos del receptor"
    if kind in names and kind in _AGAIN:
        return _AGAIN[kind], "CDC del DTE ya cuenta con un evento previo de esta naturaleza"
    partial = inner.findtext("s:iTipConf", namespaces=NS) == "2"
    if kind == AGREE and (AGREE in names or (partial and f"{AGREE}2" in names)):
        return "4150", "CDC del DTE ya cuenta con un evento previo de esta naturaleza"
    if kind == NAME and cdc[:2] != "01":
        return "4454", "El tipo de documento del CDC informado no corresponde a Factura electrónica"
    if kind == NAME and "<iTipIDRec>5<" not in stored.xml:
        return "4469", "El receptor de la Factura electrónica debe ser innominado"
    if kind in _CORRECTS:
        corrected = [at for name, _, at, _ in earlier if name in _CORRECTS[kind]]
        if corrected and signed_at - datetime.fromisoformat(corrected[-1]).replace(tzinfo=None) > _TO_CORRECT:
            return _LATE[kind], "El plazo para corregir el evento previo del receptor ha sido superado"
    return _in_time(kind, cdc, stored, signed_at)


def _in_time(kind: str, cdc: str, stored: Approved, signed_at: datetime) -> tuple[str, str]:
    waited = signed_at - datetime.fromisoformat(stored.approved_at).replace(tzinfo=None)
    if kind == CANCEL:
        factura = cdc[:2] == "01"
        # A signature before the approval is out of time as well: so a real answer says.
        if waited < timedelta(0) or waited > timedelta(hours=48 if factura else 168):
            return "4009" if factura else "4010", "Plazo de solicitud de cancelación extemporáneo"
    if kind in _LATE and waited > timedelta(days=45):
        return _LATE[kind], "Fecha de aprobación del DTE ha superado el plazo para registro del evento"
    return "", ""
