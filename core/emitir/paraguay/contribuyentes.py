"""``consultarruc``: who a RUC is, asked of SIFEN's web service and kept with its date (spec.md §10, consulta-ruc).

SIFEN limits how often it is asked, so an answer of the last day is not asked for again; an older one is shown, with its
date, when SIFEN does not answer.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from emitir import error_codes as codes
from emitir.country import Progress, Properties
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.inputs import InputModel, flag_field, read, text_field
from emitir.paraguay.emisor import ruc_problem
from emitir.paraguay.identity import check_digit, split_ruc
from emitir.paraguay.sifen.answers import Contribuyente
from emitir.paraguay.sifen.authority import SifenAuthority
from emitir.verdict import NotReceived, NoVerdict

#: Below the data directory; one file for all companies of the installation.
FOLDER, FILE = Path("padron", "py"), "consultas.sqlite"
#: ``fuente`` of an answer that was given before.
KEPT = "SIFEN (guardado)"
#: An answer is good for so long.
FRESH = timedelta(hours=24)
_TABLE = (
    "CREATE TABLE IF NOT EXISTS consulta (base TEXT, ruc TEXT, respuesta TEXT NOT NULL, fecha TEXT NOT NULL,"
    " PRIMARY KEY (base, ruc))"
)


class ConsultaRuc(InputModel):
    """What the command takes."""

    numero_doc: Annotated[str, PlainValidator(text_field(20))] = Field(
        "", description="RUC, con su dígito verificador o sin él: 80012345-0."
    )
    ruc: Annotated[str, PlainValidator(text_field(20))] = Field("", description="Lo mismo que numero_doc.")
    actualizar: Annotated[bool, PlainValidator(flag_field())] = Field(
        False, description="Preguntar a SIFEN aunque se haya preguntado en el último día."
    )


TAXPAYER_SCHEMA: Mapping[str, Any] = {
    "ruc": {"type": "string", "description": N_("RUC.")},
    "razon_social": {"type": "string", "description": N_("Nombre o razón social.")},
    "estado_contribuyente": {"type": "string", "description": N_("Estado en el registro.")},
    "codigo_estado": {
        "type": "string",
        "description": N_("En Paraguay: ACT, SUS, SAD, BLQ, CAN o CDE."),
    },
    "activo": {"type": "boolean", "description": N_("Si el estado es ACTIVO.")},
    "facturador_electronico": {
        "type": "boolean",
        "description": N_("En Paraguay: si emite documentos electrónicos."),
    },
    "fecha": {"type": "string", "description": N_("De cuándo es el dato.")},
    "fuente": {
        "type": "string",
        "description": N_("De dónde viene el dato: SIFEN, o lo que se guardó de él."),
    },
}


@dataclass(frozen=True, slots=True)
class SifenTaxpayers:
    """SIFEN's word on taxpayers through one company's connection, and what was asked before (``file``)."""

    authority: SifenAuthority
    base: str
    file: Path

    def lookup(self, properties: Properties) -> dict[str, Any]:
        """One taxpayer, with the moment of the answer (``fecha``, UTC) and whether it was kept (``fuente``)."""
        asked = read(ConsultaRuc, properties)
        ruc = _ruc(asked.numero_doc or asked.ruc)
        kept = self._kept(ruc)
        if kept is not None and not asked.actualizar and kept[1] > datetime.now(UTC) - FRESH:
            return _shown(*kept, KEPT)
        answer = self.authority.contribuyente(ruc)
        if isinstance(answer, Contribuyente) and answer.code == "0502":
            facts = {
                "ruc": f"{answer.ruc or ruc}-{check_digit(answer.ruc or ruc)}",
                "razon_social": answer.razon_social,
                "estado_contribuyente": answer.estado_descripcion,
                "codigo_estado": answer.estado,
                "activo": answer.estado == "ACT",
                "facturador_electronico": answer.facturador,
            }
            now = datetime.now(UTC).replace(microsecond=0)
            self._keep(ruc, facts, now)
            return _shown(facts, now, "SIFEN")
        if isinstance(answer, Contribuyente) and answer.code == "0500":
            text = N_("SIFEN no conoce el RUC {ruc}.")
            raise EmitirError(
                Problem(
                    codes.CONTRIBUYENTE_NO_EXISTE, text, "numero_doc", {"ruc": ruc}, authority_code="0500"
                )
            )
        if kept is not None:
            return _shown(*kept, KEPT)
        raise EmitirError(_unanswered(answer))

    def info(self) -> dict[str, Any]:
        """There is no list to speak of: every RUC is asked for by itself."""
        return {}

    def load(self, source: str, progress: Progress, *, force: bool = False) -> dict[str, Any]:
        """Raises EmitirError: SIFEN offers no list."""
        text = N_("En Paraguay no se carga un padrón: cada RUC se consulta a SIFEN.")
        raise EmitirError(Problem(codes.DOCUMENTO_NO_HABILITADO, text))

    def input_schema(self) -> dict[str, Any]:
        return input_schema()

    def answer_schema(self) -> dict[str, Any]:
        return dict(TAXPAYER_SCHEMA)

    def example(self) -> dict[str, Any]:
        return {"numero_doc": "80012345-0"}

    def _kept(self, ruc: str) -> tuple[dict[str, Any], datetime] | None:
        with self._database() as database:
            row = database.execute(
                "SELECT respuesta, fecha FROM consulta WHERE base = ? AND ruc = ?", (self.base, ruc)
            ).fetchone()
        return None if row is None else (json.loads(row[0]), datetime.fromisoformat(row[1]))

    def _keep(self, ruc: str, facts: Mapping[str, Any], now: datetime) -> None:
        with self._database() as database:
            database.execute(
                "INSERT OR REPLACE INTO consulta VALUES (?, ?, ?, ?)",
                (self.base, ruc, json.dumps(facts, ensure_ascii=False), now.isoformat()),
            )

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.file, timeout=10)) as database, database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute(_TABLE)
            yield database


def input_schema() -> dict[str, Any]:
    """Made from the model that reads the properties."""
    return ConsultaRuc.model_json_schema()


def _ruc(text: str) -> str:
    """The RUC without its digit. Raises EmitirError."""
    if not text:
        missing = N_("Falta el RUC.")
        raise EmitirError(Problem(codes.PROPIEDAD_FALTANTE, missing, "numero_doc"))
    given = text.upper()
    parts = split_ruc(given)
    if (parts is None or parts[1]) and (wrong := ruc_problem(given, "numero_doc")):
        raise EmitirError(wrong)
    return parts[0] if parts else given


def _shown(facts: Mapping[str, Any], when: datetime, source: str) -> dict[str, Any]:
    return {**facts, "fecha": when.isoformat(), "fuente": source}


def _unanswered(answer: Contribuyente | NotReceived | NoVerdict) -> Problem:
    if isinstance(answer, NoVerdict):
        text = N_("SIFEN no respondió la consulta: {motivo}")
        return Problem(codes.AUTORIDAD_NO_RESPONDE, text, params={"motivo": answer.detail or answer.reason})
    text = N_("SIFEN no permite la consulta: {codigo} {descripcion}")
    description = answer.description if isinstance(answer, NotReceived) else answer.text
    params = {"codigo": answer.code, "descripcion": description}
    return Problem(codes.CONEXION_RECHAZADA, text, params=params, authority_code=answer.code)
