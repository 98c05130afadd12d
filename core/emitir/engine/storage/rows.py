"""Between table rows and the values of :mod:`emitir.engine.comprobante`; nothing here talks to a database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from emitir.country import Prepared, Signed
from emitir.engine.comprobante import ACEPTADO, OBSERVADO, RECHAZADO, Comprobante
from emitir.errors import Problem
from emitir.verdict import (
    Accepted,
    AlreadyRegistered,
    Final,
    InProcess,
    Note,
    NotReceived,
    NoVerdict,
    Observed,
    Rejected,
    Unknown,
    Verdict,
)

_ESTADO_OF = {Accepted: ACEPTADO, Observed: OBSERVADO, Rejected: RECHAZADO}

#: Outcome of a sending in the log of attempts.
ALREADY_REGISTERED = "already_registered"

#: Longest technical detail kept of an attempt.
_DETAIL_LENGTH = 1000


def to_comprobante(row: Mapping[str, Any]) -> Comprobante:
    """The value of one row of ``comprobante``."""
    values = dict(row)
    values["advertencias"] = tuple(Problem(**problem) for problem in values["advertencias"])
    values["observaciones"] = tuple(Note(code, text) for code, text in values["observaciones"])
    return Comprobante(**values)


def document_values(prepared: Prepared, signed: Signed, plazo: datetime) -> dict[str, Any]:
    """The columns that say what the document is: the same for a new one and for a replaced one."""
    return {
        "codigo_documento": prepared.codigo_documento,
        "contenido_hash": prepared.content_hash,
        "valor_resumen": signed.valor_resumen,
        "fecha_emision": prepared.fecha_emision,
        "moneda": prepared.moneda,
        "total": prepared.total,
        "receptor_numero": prepared.receptor_numero,
        "receptor_nombre": prepared.receptor_nombre,
        "advertencias": [_problem_values(problem) for problem in prepared.warnings],
        "plazo": plazo,
    }


def no_answer() -> dict[str, Any]:
    """The columns of the verdict before there is one."""
    return {
        "respuesta_codigo": None,
        "respuesta_descripcion": None,
        "observaciones": [],
        "ticket": "",
        "detalle": "",
        "resuelto_en": None,
        "libre": False,
    }


def answer_values(verdict: Final) -> dict[str, Any]:
    """The columns of a final verdict."""
    notes = () if isinstance(verdict, Accepted) else verdict.notes
    return {
        "estado": _ESTADO_OF[type(verdict)],
        "respuesta_codigo": clean(verdict.code)[:20],
        "respuesta_descripcion": clean(verdict.description),
        "observaciones": note_values(notes),
        "detalle": "",
        "libre": isinstance(verdict, Rejected) and verdict.frees,
    }


def note_values(notes: Iterable[Note]) -> list[list[str]]:
    """Observations as they are stored."""
    return [[clean(note.code), clean(note.text)] for note in notes]


def clean(text: str) -> str:
    """What came from the wire, in a form that every database stores (PostgreSQL takes no NUL)."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def file_values(
    comprobante_id: int, revision: int, files: Mapping[str, bytes], now: datetime
) -> list[dict[str, Any]]:
    """Rows of ``archivo``."""
    return [
        {
            "comprobante_id": comprobante_id,
            "revision": revision,
            "clase": clase,
            "contenido": content,
            "sha256": hashlib.sha256(content).hexdigest(),
            "creado_en": now,
        }
        for clase, content in files.items()
    ]


def outcome(verdict: Verdict) -> tuple[str, str, str]:
    """Name, code and detail of a verdict as the log of attempts keeps them."""
    name, code, detail = _outcome(verdict)
    return name[:40], clean(code)[:20], clean(detail)[:_DETAIL_LENGTH]


def _outcome(verdict: Verdict) -> tuple[str, str, str]:
    match verdict:
        case NoVerdict(reason, detail):
            return f"no_verdict:{reason}", "", detail
        case InProcess(ticket):
            return "in_process", "", ticket
        case NotReceived(code, description, retryable):
            return "not_received:retry" if retryable else "not_received", code, description
        case AlreadyRegistered(code, description):
            return ALREADY_REGISTERED, code, description
        case Unknown(code, description):
            return "unknown", code, description
        case _:
            return type(verdict).__name__.lower(), verdict.code, verdict.description


def _problem_values(problem: Problem) -> dict[str, Any]:
    """A problem as JSON. One whose sentence formats dates or amounts is stored as the finished sentence."""
    params = dict(problem.params)
    if not all(isinstance(value, str | int) for value in params.values()):
        problem = replace(problem, text=problem.message(), suggestion="")
        params = {}
    return {
        "code": problem.code,
        "text": problem.text,
        "path": problem.path,
        "params": params,
        "authority_code": problem.authority_code,
        "source": problem.source,
        "action": problem.action,
        "suggestion": problem.suggestion,
    }
