"""The run through the list: what is sent, what comes back, and what the next test needs of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from emitir.clock import Clock
from emitir.country_files import Tell
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.emisor import Emisor
from emitir.paraguay.eventos import model
from emitir.paraguay.eventos.prepare import Preparado
from emitir.paraguay.eventos.write import message, sign
from emitir.paraguay.homologacion.documentos import SIGLAS, TIPOS, Receptor, properties
from emitir.paraguay.homologacion.errores import errors_of, spoiled
from emitir.paraguay.plazos import asuncion
from emitir.paraguay.prepare import prepare
from emitir.paraguay.printed import render
from emitir.paraguay.sifen.answers import Contribuyente, Found, Lote, Result
from emitir.paraguay.sifen.services import Sifen
from emitir.paraguay.sifen.verdicts import THERE, said
from emitir.signing.signer import Signer
from emitir.soap.outcome import Failure, Fault

#: What the guide asks for at least (Guía de pruebas §4).
POR_TIPO, CONSULTAS, EVENTOS_RECEPTOR, CANCELACIONES = 5, 3, 3, 5
_INUTILIZACIONES = ("1", "1", "5", "6", "4")
#: Facturas of the lote that the company answers as receiver: three for each of four events; the fifth corrects one.
_RECIBIDAS = 12
_LISTO = "0362"


@dataclass(frozen=True, slots=True)
class Ritmo:
    """Seconds between two questions about a lote, and how long one is waited for altogether."""

    pausa: float
    espera: float


@dataclass(slots=True)
class Paso:
    """One test: what was expected and what SIFEN said. ``bien`` None: to be done by hand."""

    nombre: str
    esperado: str
    obtenido: str = ""
    bien: bool | None = False
    codigo_documento: str = ""


@dataclass(slots=True)
class Seccion:
    """Tests of one kind. ``minimo``: as many as the guide asks for."""

    nombre: str
    minimo: int
    pasos: list[Paso] = field(default_factory=list)

    @property
    def bien(self) -> bool:
        """Whether enough of them went as they should, and none otherwise."""
        return sum(paso.bien is not False for paso in self.pasos) >= self.minimo and all(
            paso.bien is not False for paso in self.pasos
        )


@dataclass(frozen=True, slots=True)
class Enviado:
    """A document with its file; ``aprobado``: when SIFEN approved it, a wall clock of Asunción."""

    comprobante: Comprobante
    xml: bytes = field(repr=False)
    error: str = ""


def told(answer: object) -> str:
    """An answer in one line."""
    if isinstance(answer, Result):
        return f"{answer.estado} {answer.code} {said(answer.text)}".strip()
    if isinstance(answer, (Lote, Found, Contribuyente)):
        return f"{answer.code} {said(answer.text)}"
    if isinstance(answer, Fault):
        return f"{answer.code} {answer.string}"
    return f"{answer.reason}: {answer.detail}" if isinstance(answer, Failure) else str(answer)


@dataclass
class Marcha:
    """One run of one company. Not thread-safe."""

    company: Mapping[str, Any]
    emisor: Emisor
    secrets: Mapping[str, str]
    signer: Signer
    sifen: Sifen
    folder: Path
    clock: Clock
    tell: Tell
    ritmo: Ritmo
    receptor: Receptor
    desde: int
    #: The services reached with a certificate that nobody issued; None where there is no TLS.
    stranger: Sifen | None = None

    def __post_init__(self) -> None:
        self._numbers = count(self.desde)
        #: CDC of what was approved, by type, with the moment.
        self._approved: dict[str, list[tuple[str, datetime]]] = {tipo: [] for tipo in TIPOS}
        self._kude: dict[str, Comprobante] = {}

    def run(self, recibidos: Sequence[str]) -> list[Seccion]:
        """Everything on the list, in an order in which each test has what it needs."""
        sections = [self._connection()]
        if self.stranger is not None:
            sections.append(self._stranger(self.stranger))
        sections += [self._one_by_one(tipo) for tipo in TIPOS]
        sections += [self._refused(tipo) for tipo in TIPOS]
        sections += [self._lote(tipo) for tipo in TIPOS]
        sections += [self._refused_lote(tipo) for tipo in TIPOS]
        sections += [self._queries(tipo) for tipo in TIPOS]
        received = list(recibidos) or [cdc for cdc, _ in self._approved["1"][-_RECIBIDAS:]]
        sections += self._of_receiver(received)
        sections += [self._cancel(), self._give_up(), self._printed()]
        return sections

    # -- documents

    def _document(self, tipo: str, own: bool = False) -> Comprobante:
        factura = self._approved["1"][0][0] if self._approved["1"] else ""
        receptor = Receptor(self.emisor.ruc, self.emisor.razon_social) if own else self.receptor
        now = self.clock()
        given = properties(tipo, next(self._numbers), asuncion(now).date(), self.emisor, receptor, factura)
        return prepare(given, self.company, now)

    def _signed(self, tipo: str, own: bool = False) -> Enviado:
        document = self._document(tipo, own)
        return self._kept(Enviado(document, document.sign_with(self.signer, self.secrets).xml))

    def _kept(self, sent: Enviado) -> Enviado:
        """Written before it is sent."""
        place = self.folder / "xml"
        place.mkdir(parents=True, exist_ok=True)
        suffix = f"-{sent.error}" if sent.error else ""
        (place / f"{sent.comprobante.codigo_documento}{suffix}.xml").write_bytes(sent.xml)
        return sent

    def _section(self, name: str, least: int) -> Seccion:
        self.tell(name)
        return Seccion(name, least)

    def _note(self, sent: Enviado, answer: object, *, good: bool) -> Paso:
        """How one document went; what was approved is remembered."""
        document = sent.comprobante
        approved = isinstance(answer, Result) and answer.estado.startswith("Aprobado")
        if approved and isinstance(answer, Result):
            when = asuncion(self.clock())
            if answer.fecha:
                when = max(when, datetime.fromisoformat(answer.fecha).replace(tzinfo=None))
            self._approved[document.tipo].append((document.codigo_documento, when))
            self._kude.setdefault(document.tipo, document)
        expected = "Aprobado" if good else f"Rechazado {sent.error}"
        right = approved if good else isinstance(answer, Result) and sent.error in _codes(answer)
        return Paso(SIGLAS[document.tipo], expected, told(answer), right, document.codigo_documento)

    def _connection(self) -> Seccion:
        section = self._section("Comunicación y autenticación", 3)
        ruc = self.emisor.ruc_y_dv[0]
        unknown = self._document("1").codigo_documento
        for name, answer, code in (
            ("consulta-ruc", self.sifen.consulta_ruc(ruc), "0502"),
            ("consulta", self.sifen.consulta(unknown), "0420"),
            ("consulta-lote", self.sifen.consulta_lote("1"), "0360"),
        ):
            right = isinstance(answer, (Lote, Found, Contribuyente)) and answer.code == code
            section.pasos.append(Paso(name, code, told(answer), right))
        return section

    def _stranger(self, sifen: Sifen) -> Seccion:
        """The guide recommends to see what a certificate that nobody issued is told. Nothing is sent but questions."""
        section = self._section("Certificado no válido (recomendada)", 0)
        ruc = self.emisor.ruc_y_dv[0]
        unknown = self._document("1").codigo_documento
        for name, answer in (
            ("consulta-ruc", sifen.consulta_ruc(ruc)),
            ("consulta", sifen.consulta(unknown)),
            ("consulta-lote", sifen.consulta_lote("1")),
        ):
            refused = not isinstance(answer, (Lote, Found, Contribuyente))
            section.pasos.append(Paso(name, "rechazo de la conexión", told(answer), refused))
        return section

    def _one_by_one(self, tipo: str) -> Seccion:
        section = self._section(f"Envío sincrónico aprobado: {SIGLAS[tipo]}", POR_TIPO)
        for _ in range(POR_TIPO):
            sent = self._signed(tipo)
            section.pasos.append(self._note(sent, self.sifen.recibe(sent.xml), good=True))
        return section

    def _wrong(self, tipo: str) -> Iterator[Enviado]:
        for error in errors_of(tipo):
            document = self._document(tipo)
            signed = spoiled(document, error, self.signer, self.secrets)
            yield self._kept(Enviado(document, signed.xml, error.code))

    def _refused(self, tipo: str) -> Seccion:
        section = self._section(f"Envío sincrónico rechazado: {SIGLAS[tipo]}", POR_TIPO)
        for sent in self._wrong(tipo):
            section.pasos.append(self._note(sent, self.sifen.recibe(sent.xml), good=False))
        return section

    # -- lotes

    def _lote(self, tipo: str) -> Seccion:
        section = self._section(f"Lote aprobado: {SIGLAS[tipo]}", POR_TIPO)
        many = _RECIBIDAS if tipo == "1" else POR_TIPO
        sent = [self._signed(tipo, own=tipo == "1") for _ in range(many)]
        return self._through_lote(section, sent, good=True)

    def _refused_lote(self, tipo: str) -> Seccion:
        section = self._section(f"Lote rechazado: {SIGLAS[tipo]}", POR_TIPO)
        return self._through_lote(section, list(self._wrong(tipo)), good=False)

    def _through_lote(self, section: Seccion, sent: Sequence[Enviado], *, good: bool) -> Seccion:
        queued = self.sifen.recibe_lote([one.xml for one in sent])
        answer = self._waited(queued.protocolo) if isinstance(queued, Lote) and queued.protocolo else queued
        if not isinstance(answer, Lote) or answer.code != _LISTO:
            section.pasos.append(Paso("lote", _LISTO, told(answer)))
            return section
        by_cdc = {result.id: result for result in answer.documents}
        for one in sent:
            result = by_cdc.get(one.comprobante.codigo_documento, "sin resultado en el lote")
            section.pasos.append(self._note(one, result, good=good))
        return section

    def _waited(self, protocol: str) -> object:
        """The lote's answer, asked for until it is done or the wait is over."""
        deadline = time.monotonic() + self.ritmo.espera
        while True:
            time.sleep(self.ritmo.pausa)
            answer = self.sifen.consulta_lote(protocol)
            if (isinstance(answer, Lote) and answer.code == _LISTO) or time.monotonic() > deadline:
                return answer
            self.tell(f"  lote {protocol}: {told(answer)}")

    # -- consultas, eventos, KuDE

    def _queries(self, tipo: str) -> Seccion:
        section = self._section(f"Consulta: {SIGLAS[tipo]}", CONSULTAS)
        for cdc, _ in self._approved[tipo][:CONSULTAS]:
            answer = self.sifen.consulta(cdc)
            right = isinstance(answer, Found) and answer.code == THERE
            section.pasos.append(Paso(SIGLAS[tipo], THERE, told(answer), right, cdc))
        return section

    def _event(self, name: str, after: datetime | None = None, **given: Any) -> Paso:
        """Send one event. The rules that need a history are SIFEN's to judge here."""
        # SIFEN's clock was seen minutes ahead: an event signed before the approval is refused (4009).
        moment = max(asuncion(self.clock()), after) if after else asuncion(self.clock())
        datos = model.MODELOS[name].model_validate({"evento": name, **given})
        answer = self.sifen.evento(message([sign(Preparado(name, datos, self.emisor, moment), self.signer)]))
        if isinstance(answer, tuple):
            result = answer[0] if answer else "sin resultado"
            right = isinstance(result, Result) and result.code == "0600"
            return Paso(name, "0600", told(result), right, str(given.get("cdc", "")))
        return Paso(name, "0600", told(answer), codigo_documento=str(given.get("cdc", "")))

    def _of_receiver(self, received: Sequence[str]) -> list[Seccion]:
        now = asuncion(self.clock())
        approved = {cdc: when for rows in self._approved.values() for cdc, when in rows}
        dates = {
            "fecha_emision": (now - timedelta(minutes=5)).isoformat(),
            "fecha_recepcion": now.isoformat(),
        }
        reason = {"motivo": "Prueba de homologación"}
        groups: tuple[tuple[str, int, dict[str, str]], ...] = (
            ("conformidad", 0, {}),
            ("disconformidad", 1, reason),
            ("desconocimiento", 2, reason | dates),
            ("notificacion", 3, {"total_guaranies": "11000"} | dates),
            # The adjustment of an earlier event: conformidad over the disconformidad.
            ("conformidad", 1, {}),
        )
        sections = []
        for position, (name, group, given) in enumerate(groups):
            title = f"Ajuste: {name}" if position == len(groups) - 1 else name.capitalize()
            section = self._section(f"Evento del receptor: {title}", EVENTOS_RECEPTOR)
            for cdc in received[group * EVENTOS_RECEPTOR : (group + 1) * EVENTOS_RECEPTOR]:
                section.pasos.append(self._event(name, approved.get(cdc), cdc=cdc, **given))
            sections.append(section)
        return sections

    def _cancel(self) -> Seccion:
        section = self._section("Evento del emisor: cancelación", CANCELACIONES)
        # Notas de débito: nothing hangs on them.
        for cdc, when in self._approved["6"][:CANCELACIONES]:
            section.pasos.append(self._event("cancelacion", when, cdc=cdc, motivo="Prueba de homologación"))
        return section

    def _give_up(self) -> Seccion:
        section = self._section("Evento del emisor: inutilización", len(_INUTILIZACIONES))
        for tipo in _INUTILIZACIONES:
            number = next(self._numbers)
            step = self._event(
                "inutilizacion",
                tipo=tipo,
                serie="001-001",
                desde=number,
                hasta=number,
                motivo="Prueba de homologación",
            )
            step.nombre = f"inutilización de {SIGLAS[tipo]} {number}"
            section.pasos.append(step)
        return section

    def _printed(self) -> Seccion:
        section = self._section("KuDE y consulta por QR", len(TIPOS))
        for tipo, document in self._kude.items():
            cdc = document.codigo_documento
            place = self.folder / "kude"
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{cdc}.pdf").write_bytes(render(document.printable(), "a4"))
            section.pasos.append(Paso(f"KuDE de {SIGLAS[tipo]}", "PDF", f"kude/{cdc}.pdf", True, cdc))
            section.pasos.append(Paso(f"QR de {SIGLAS[tipo]}", "abrir y comparar", document.qr, None, cdc))
        return section


def _codes(result: Result) -> set[str]:
    return {note.code for note in result.notes}
