"""SIFEN's services over the archive: what each message is answered with."""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
from datetime import datetime, timedelta
from html import escape

from lxml import etree

from emitir.sandbox.clock import MovableClock
from emitir.sandbox.records import Call
from emitir.sandbox.sifen import eventos
from emitir.sandbox.sifen.archive import Archive
from emitir.sandbox.sifen.judge import Document, digit, judge
from emitir.sandbox.sifen.messages import (
    NS,
    Finding,
    Judgement,
    envelope,
    general,
    message,
    moment,
    results,
    tag,
)
from emitir.sandbox.sifen.schema import schema_error
from emitir.sandbox.sunat.xmlsafe import Element, UnreadableError, parse

_MAX_LOTE = 50
#: Bytes of a synchronous message at most.
_MAX_SYNC = 1_000_000
_MAX_UNPACKED = 20_000_000
#: Seconds until a lote is judged; hours that it can be asked for.
LOTE_SECONDS = 2.0
_LOTE_HOURS = 48
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_DIGEST = "ds:Signature/ds:SignedInfo/ds:Reference/ds:DigestValue"
_FORBIDDEN = "RUC del certificado sin permiso para consultar el DE"
_NOT_QUEUED = "Lote no encolado para procesamiento"
_RDE = re.compile(r"<rDE[\s>].*?</rDE>", re.DOTALL)
_AGAINST = {
    "1001": "CDC duplicado",
    "1002": "Documento electrónico duplicado",
    "1109": "Número de documento ha sido inutilizado anteriormente",
}


class Services:
    """One method per service: the message, the log's line, the answer's bytes."""

    def __init__(self, archive: Archive, clock: MovableClock) -> None:
        self._archive = archive
        self._clock = clock

    def now(self) -> datetime:
        """The present moment in Asunción."""
        return self._clock.now().astimezone(eventos.ASUNCION)

    def recibe(self, content: Element, call: Call, body: bytes) -> bytes:
        """rEnviDe: judged at once, and kept as it came."""
        if len(body) > _MAX_SYNC:
            call.outcome, call.code = "no recibido", "0200"
            return general("0200", "El mensaje excede el tamaño máximo permitido (1000 KB)", self.now())
        found = content.find("s:xDE/s:rDE", NS)
        sent = _RDE.search(body.decode("utf-8", "replace"))
        if found is None or sent is None:
            return general("0160", "XML Mal Formado.", self.now())
        inside = self._judged(sent.group(), call)
        return envelope(message("rRetEnviDe", f"<ns2:rProtDe>{inside}</ns2:rProtDe>"))

    def _judged(self, xml: str, call: Call, *, in_lote: bool = False) -> str:
        """The result of one document; an approved one is kept before it is said."""
        now, said, protocol, cdc, digest = self.now(), Judgement(), 0, "", ""
        root, de, wrong = None, None, ""
        try:
            root = parse(xml.encode())
            de = root.find("s:DE", NS)
            wrong = schema_error(root, "siRecepDE_v150.xsd")
            digest = root.findtext(_DIGEST, default="", namespaces=NS)
        except UnreadableError as error:  # prefixes that only the envelope declares
            wrong = str(error)
        if de is not None:
            call.file_name = cdc = de.get("Id", "")
        if wrong or root is None or de is None:
            said.refuse("0160", f"XML malformado: [{wrong or 'falta DE'}]")
        else:
            document = Document(root)
            said = judge(document, now)
            if not said.findings:
                code, protocol = self._archive.approve(
                    cdc, (document.ruc, *document.number), xml, moment(now)
                )
                if code:
                    said.refuse(code, _AGAINST[code])
        call.findings = [{"code": one.code, "text": one.text} for one in said.findings]
        if said.findings:
            call.outcome, call.code = "rechazado", said.findings[0].code
            estado, shown, number = "Rechazado", said.findings, ""
        else:
            call.outcome, call.code = "aprobado", "0260"
            estado = "Aprobado con observación" if said.remarks else "Aprobado"
            shown = said.remarks or [Finding("0260", "Autorización del DE satisfactoria")]
            number = tag("dProtAut", str(protocol))
        if in_lote:
            return f"{tag('id', cdc)}{tag('dEstRes', estado)}{number}{results(shown)}"
        value = tag("dDigVal", digest) if digest else ""
        return f"{tag('Id', cdc)}{tag('dFecProc', moment(now))}{value}{tag('dEstRes', estado)}{number}{results(shown)}"

    def recibe_lote(self, content: Element, call: Call, body: bytes) -> bytes:
        """rEnvioLote: queued, to be judged a little later."""
        now = self.now()
        documents = _unpacked(content.findtext("s:xDE", default="", namespaces=NS))
        kinds = {(cdc[:2], cdc[2:10]) for cdc in (_cdc(one) for one in documents)}
        sound = documents and len(documents) <= _MAX_LOTE and len(kinds) == 1
        protocol = self._archive.add_lote(documents, moment(now)) if sound else ""
        call.outcome, call.code = ("en lote", "0300") if sound else ("no recibido", "0301")
        call.file_name = _cdc(documents[0]) if documents else ""
        text = "Lote recibido con éxito" if sound else _NOT_QUEUED
        number = tag("dProtConsLote", protocol) if protocol else ""
        inside = f"{tag('dFecProc', moment(now))}{tag('dCodRes', call.code)}{tag('dMsgRes', text)}{number}"
        return envelope(message("rResEnviLoteDe", f"{inside}{tag('dTpoProces', '0')}"))

    def consulta_lote(self, content: Element, call: Call, body: bytes) -> bytes:
        """rEnviConsLoteDe: 0361 while it waits, 0362 with its results, 0364 after 48 hours."""
        cdc = content.findtext("s:dCDC", default="", namespaces=NS)
        number = content.findtext("s:dProtConsLote", default="", namespaces=NS) or self._archive.lote_of(cdc)
        lote, now = self._archive.lote(number), self.now()
        call.file_name = cdc or number
        if lote is None:
            code, text, answer = "0360", "Número de Lote inexistente", ""
        else:
            waited = now - datetime.fromisoformat(lote["received_at"])
            if waited > timedelta(hours=_LOTE_HOURS):
                code, text, answer = "0364", "Consulta extemporánea de Lote", ""
            elif waited < timedelta(seconds=LOTE_SECONDS):
                code, text, answer = "0361", "Lote en procesamiento", ""
            else:
                code, text = "0362", "Procesamiento de lote concluido"
                answer = lote["answer"] or self._work_lote(number, lote["documents"], call)
        call.outcome, call.code = "respondido", code
        inside = f"{tag('dFecProc', moment(now))}{tag('dCodResLot', code)}{tag('dMsgResLot', text)}{answer}"
        return envelope(message("rResEnviConsLoteDe", inside))

    def _work_lote(self, number: str, documents: list[str], call: Call) -> str:
        judged = (self._judged(one, call, in_lote=True) for one in documents)
        answer = "".join(f"<ns2:gResProcLote>{one}</ns2:gResProcLote>" for one in judged)
        self._archive.answer_lote(number, answer)
        return answer

    def consulta(self, content: Element, call: Call, body: bytes) -> bytes:
        """rEnviConsDeRequest: the stored document with its events as escaped text."""
        cdc = content.findtext("s:dCDC", default="", namespaces=NS)
        stored, now = self._archive.approved(cdc), self.now()
        call.file_name = cdc
        call.outcome = "respondido"
        call.code = "0422" if stored else "0420"
        text = "CDC encontrado" if stored else "Documento No Existe en SIFEN o ha sido Rechazado"
        when = stored.approved_at if stored else moment(now)
        inside = f"{tag('dFecProc', when)}{tag('dCodRes', call.code)}{tag('dMsgRes', text)}"
        if stored:
            events = "\n".join(
                f"<rContEv>\n<xEvento>\n{_DECLARATION}{xml}\n</xEvento>\n<rResEnviEventoDe>\n<rRetEnviEventoDe>\n"
                f"<dFecProc>{at[:19]}</dFecProc>\n<gResProcEVe>\n<dEstRes>Aprobado</dEstRes>\n"
                f"<dProtAut>{protocol}</dProtAut>\n<gResProc>\n<dCodRes>0600</dCodRes>\n"
                "<dMsgRes>Se encontro el evento</dMsgRes>\n</gResProc>\n</gResProcEVe>\n</rRetEnviEventoDe>\n"
                "</rResEnviEventoDe>\n</rContEv>"
                for _, xml, at, protocol in self._archive.events(cdc)
            )
            whole = (
                f"{_DECLARATION}{stored.xml}\n<dProtAut>{stored.protocol}</dProtAut>\n"
                f"<xContEv>\n{events}\n</xContEv> "
            )
            inside += f"<ns2:xContenDE>{escape(whole, quote=False)}</ns2:xContenDE>"
        return envelope(message("rEnviConsDeResponse", inside))

    def is_known(self, ruc: str) -> bool:
        """Whether a RUC (without digit) is that of an active taxpayer."""
        right = re.fullmatch(r"[1-9][0-9]{2,6}[0-9A-D]|[1-9][0-9]{2,7}", ruc)
        return right is not None and not ruc.startswith("999")

    def not_queued(self) -> bytes:
        """What recibe-lote says of a lote that it does not take; at times of one that it took (spec.md §10)."""
        inside = f"{tag('dFecProc', moment(self.now()))}{tag('dCodRes', '0301')}{tag('dMsgRes', _NOT_QUEUED)}"
        return envelope(message("rResEnviLoteDe", f"{inside}{tag('dTpoProces', '0')}"))

    def may_see(self, content: Element, ruc: str) -> bool:
        """Whether the document that a consulta is about is issued or received by ``ruc``, or there is none."""
        stored = self._archive.approved(content.findtext("s:dCDC", default="", namespaces=NS))
        return stored is None or any(
            f"<{name}>{ruc}</{name}>" in stored.xml for name in ("dRucEm", "dRucRec")
        )

    def forbidden(self) -> bytes:
        """What a consulta says of somebody else's document."""
        inside = f"{tag('dFecProc', moment(self.now()))}{tag('dCodRes', '0421')}{tag('dMsgRes', _FORBIDDEN)}"
        return envelope(message("rEnviConsDeResponse", inside))

    def consulta_ruc(self, content: Element, call: Call, body: bytes) -> bytes:
        """rEnviConsRUC: every RUC of a right form is an active taxpayer here, but those that begin with 999."""
        ruc = content.findtext("s:dRUCCons", default="", namespaces=NS)
        known = self.is_known(ruc)
        call.file_name, call.outcome, call.code = ruc, "respondido", "0502" if known else "0500"
        text = "RUC encontrado" if known else "RUC inexistente"
        inside = f"{tag('dCodRes', call.code)}{tag('dMsgRes', text)}"
        if known:
            name = f"CONTRIBUYENTE {ruc}-{digit(ruc)}"
            inside += (
                f"<ns2:xContRUC>{tag('dRUCCons', ruc)}{tag('dRazCons', name)}{tag('dCodEstCons', 'ACT')}"
                f"{tag('dDesEstCons', 'ACTIVO')}{tag('dRUCFactElec', 'S')}</ns2:xContRUC>"
            )
        return envelope(message("rResEnviConsRUC", inside))

    def evento(self, content: Element, call: Call, body: bytes) -> bytes:
        """rEnviEventoDe: up to 15 events, each with its own result."""
        now = self.now()
        group = content.find("s:dEvReg/s:gGroupGesEve", NS)
        wrong = "falta gGroupGesEve" if group is None else schema_error(group, "siRecepEvento_v150.xsd")
        if wrong or group is None:
            call.outcome, call.code = "rechazado", "0160"
            answered = [("0", Finding("0160", f"XML malformado: [{wrong}]"), 0)]
        else:
            answered = [eventos.register(one, self._archive, now) for one in group.findall("s:rGesEve", NS)]
            call.outcome = "respondido"
            call.code = answered[0][1].code
            call.file_name = group.findtext(
                "s:rGesEve/s:rEve/s:gGroupTiEvt/*/s:Id", default="", namespaces=NS
            )
        inside = "".join(_event_result(*one) for one in answered)
        return envelope(message("rRetEnviEventoDe", f"{tag('dFecProc', moment(now))}{inside}"))


def _event_result(number: str, finding: Finding, protocol: int) -> str:
    good = finding.code == eventos.REGISTERED
    shown = tag("dProtAut", str(protocol)) if good else ""
    estado = tag("dEstRes", "Aprobado" if good else "Rechazado")
    return f"<ns2:gResProcEVe>{estado}{shown}{tag('id', number)}{results([finding])}</ns2:gResProcEVe>"


def subject_of(content: Element) -> str:
    """The CDC that a message is about: of its document, of the first of its lote, or the one that it asks for."""
    document = content.find("{*}xDE/{*}rDE/{*}DE")
    if document is not None:
        return document.get("Id", "")
    if etree.QName(content).localname == "rEnvioLote":
        inside = _unpacked(content.findtext("{*}xDE", default=""))
        return _cdc(inside[0]) if inside else ""
    return content.findtext("{*}dCDC", default="") or content.findtext("{*}dProtConsLote", default="")


def _cdc(xml: str) -> str:
    found = re.search(r'<DE Id="([^"]*)"', xml)
    return found.group(1) if found else ""


def _unpacked(packed: str) -> list[str]:
    """The documents of a lote; none when it cannot be opened or holds what is not XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(packed, validate=True))) as archive:
            if len(archive.namelist()) != 1 or archive.infolist()[0].file_size > _MAX_UNPACKED:
                return []
            inside = archive.read(archive.namelist()[0]).decode()
        parse(inside.encode())
    except (binascii.Error, ValueError, zipfile.BadZipFile, UnreadableError):
        return []
    return _RDE.findall(inside)
