"""A message of one to fifteen signed events: a document of its own, numbered within its day, stored before it is sent."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from emitir.country import Signed
from emitir.country_events import Numeros
from emitir.error_codes import BAJA_NO_PROCEDE
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.paraguay.archivo import Archivo
from emitir.paraguay.emisor import emisor_of
from emitir.paraguay.eventos import model
from emitir.paraguay.eventos.prepare import Preparado, prepare_evento
from emitir.paraguay.eventos.rules import Historia
from emitir.paraguay.eventos.write import message, sign
from emitir.signing.signer import Signer

#: Type of a message of events among the documents of a company.
EVENTOS = "EV"


@dataclass(frozen=True, slots=True, kw_only=True)
class MensajeDeEventos(Archivo):
    """Implements :class:`emitir.country.Prepared`. ``firma``: the moment of its making in Asunción."""

    eventos: tuple[Preparado, ...]
    firma: datetime

    @property
    def tipo(self) -> str:
        return EVENTOS

    @property
    def fecha_emision(self) -> date:
        return self.firma.date()

    @property
    def content_hash(self) -> str:
        """Of what is said, whenever and under whatever number."""
        said = [[event.clase, event.datos.model_dump()] for event in self.eventos]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def about(self) -> tuple[str, ...]:
        """The CDCs that it speaks of."""
        return tuple(e.datos.cdc for e in self.eventos if isinstance(e.datos, model.DeCdc))

    @property
    def gives_up(self) -> Numeros | None:
        """The numbers that an inutilización gives up."""
        for event in self.eventos:
            if isinstance(event.datos, model.Inutilizacion):
                datos = event.datos
                serie = datos.serie
                if len(serie.split("-")[0]) != 8:
                    serie = f"{event.emisor.timbrado}-{serie}"
                return Numeros(datos.tipo, serie, datos.desde, datos.hasta)
        return None

    def sign(self, signer: Signer) -> Signed:
        """The ``gGroupGesEve`` as it goes into the message; every event is signed by itself."""
        signed = [sign(event, signer, number) for number, event in enumerate(self.eventos, 1)]
        xml = message(signed).encode()
        return Signed(xml, b64encode(hashlib.sha256(xml).digest()).decode())

    def record(self) -> dict[str, Any]:
        """What each event says, in the order of their numbers, for the answers about them."""
        events = []
        for event in self.eventos:
            one = {"evento": event.clase}
            if isinstance(event.datos, model.DeCdc):
                one["cdc"] = event.datos.cdc
            events.append(one)
        return {"eventos": events}

    @property
    def modifies(self) -> tuple[()]:
        """Events modify nothing: they are about documents."""
        return ()


def cancelacion(
    stored: Mapping[str, Any], motivo: object, company: Mapping[str, Any], now: datetime, correlativo: int
) -> MensajeDeEventos:
    """The event that cancels a stored document.

    ``stored``: ``codigo_documento`` and ``aprobado`` (ISO, with its zone), absent while it is not approved. Raises
    EmitirError: the motivo; 48 hours (factura) or 168 hours (the others) have passed (4009, 4010).
    """
    from emitir.paraguay.plazos import asuncion

    approved = stored.get("aprobado")
    history = Historia(asuncion(datetime.fromisoformat(approved)) if approved else None)
    asked = {"evento": "cancelacion", "cdc": stored["codigo_documento"], "motivo": motivo}
    hanging = [nota["cdc"] for nota in stored.get("notas", ()) if "cdc" in nota]
    if hanging:
        text = N_("Tiene notas aprobadas ({notas}): cancélelas primero.")
        raise EmitirError(Problem(BAJA_NO_PROCEDE, text, "numero", {"notas": ", ".join(hanging)}))
    try:
        event = prepare_evento(asked, company, now, history)
    except EmitirError as error:  # whoever annuls a document names it by its number
        problems = [replace(one, path="numero") if one.path == "cdc" else one for one in error.problems]
        raise EmitirError(problems) from None
    ruc = emisor_of(company).ruc_y_dv[0]
    return MensajeDeEventos(eventos=(event,), ruc=ruc, firma=asuncion(now), correlativo=correlativo)
