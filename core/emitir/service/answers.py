"""Answers on the wire: a success, or an error with its four fields and its HTTP code, in the right format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import PlainTextResponse, Response

from emitir.error_codes import CUERPO_ILEGIBLE, KINDS, VARIOS_ERRORES
from emitir.errors import EmitirError
from emitir.i18n import N_, SOURCE_LANGUAGE, translate
from emitir.service.negotiation import Negotiated
from emitir.wire import MEDIA_TYPES, write

#: Problems told in one answer.
MAX_PROBLEMS = 200
#: Where an answer is made before its format is known (or because it is unknown).
JSON_ANSWER = Negotiated("json", by_header=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answers: its properties and the HTTP code (200, or 400 for a rejection)."""

    properties: Mapping[str, Any]
    http: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def codigo_error(self) -> str:
        """For logs and metrics; empty for a success."""
        return str(self.properties.get("codigo_error", ""))


def answer_response(answer: Answer, negotiated: Negotiated) -> Response:
    """``answer`` in the format of its request."""
    return Response(
        write(answer.properties, negotiated.format),
        answer.http,
        {**answer.headers, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
        MEDIA_TYPES[negotiated.format],
    )


def error_answer(error: EmitirError, language: str = SOURCE_LANGUAGE) -> Answer:
    """The answer of an error: ``descripcion_error`` says what is wrong, ``descripcion_extra`` where and what to do."""
    problems = error.problems[:MAX_PROBLEMS]
    first = problems[0]
    if len(problems) == 1:
        description = first.message(language)
        if first.path:
            description = f"{first.path}: {description}"
        extra = first.advice(language)
    else:
        count = len(error.problems)
        description = translate(N_("La solicitud tiene {count} errores."), language).format(count=count)
        extra = " ".join(
            f"{p.path}: {p.message(language)}" if p.path else p.message(language) for p in problems
        )
    return Answer(
        {
            "estado": "error",
            "codigo_error": error.code,
            "descripcion_error": description,
            "descripcion_extra": extra,
            "errores": [problem.as_dict(language) for problem in problems],
        },
        error.http,
    )


def error_response(error: EmitirError, negotiated: Negotiated, language: str = SOURCE_LANGUAGE) -> Response:
    """``error`` as its caller understands it.

    A body that cannot be read at all is a 500 with the bare message for the first generation, as its
    documentation says, and a 400 for the others, which expect JSON in every answer.
    """
    if error.code == CUERPO_ILEGIBLE and negotiated.by_header:
        return PlainTextResponse(error.problems[0].message(language), 500, {"Cache-Control": "no-store"})
    return answer_response(error_answer(error, language), negotiated)


def kind_title(code: str, language: str = SOURCE_LANGUAGE) -> str:
    """Title of a ``codigo_error`` for people."""
    return translate(KINDS.get(code, KINDS[VARIOS_ERRORES]).title, language)
