"""The error type: everything that is wrong, at once, each with where it is and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from emitir.error_codes import KINDS, VARIOS_ERRORES, Kind
from emitir.i18n import N_, SOURCE_LANGUAGE, translate


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    ``code``: a constant of :mod:`emitir.error_codes`. ``text``: Spanish sentence, a ``str.format``
    template over ``params``. ``path``: the property as the caller wrote it (``items-2-igv``; empty for
    the request as a whole). ``authority_code``: the authority's own code (``"3291"``). ``source``: where
    the rule stands (``"SUNAT 2026-02-12 3291"``). ``action``: what to do, when the kind's own sentence is
    too general. ``suggestion``: the value that was probably meant.
    """

    code: str
    text: str
    path: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    authority_code: str = ""
    source: str = ""
    action: str = ""
    suggestion: str = ""

    @property
    def kind(self) -> Kind:
        """The catalogue entry of this problem's code."""
        return KINDS[self.code]

    def message(self, language: str = SOURCE_LANGUAGE) -> str:
        """The sentence, filled in, with the suggestion where there is one."""
        text = translate(self.text, language)
        if self.params:
            values = {
                name: translate(value, language) if isinstance(value, str) else value
                for name, value in self.params.items()
            }
            text = text.format_map(values)
        if self.suggestion:
            ask = translate(N_("¿quiso decir {suggestion}?"), language).format(suggestion=self.suggestion)
            if text.endswith("."):
                ask = ask[0] + ask[1].upper() + ask[2:] if ask[0] == "¿" else ask[0].upper() + ask[1:]
                text = f"{text} {ask}"
            else:
                text = f"{text}; {ask}"
        return text

    def advice(self, language: str = SOURCE_LANGUAGE) -> str:
        """What the person can do about it."""
        return translate(self.action or self.kind.action, language)

    def as_dict(self, language: str = SOURCE_LANGUAGE) -> dict[str, str]:
        """The form of the wire: ``errores`` of an answer and the JSON of the command line."""
        return {
            "codigo_error": self.code,
            "propiedad": self.path,
            "descripcion": self.message(language),
            "accion": self.advice(language),
            "codigo_autoridad": self.authority_code,
            "fuente": self.source,
            "sugerencia": self.suggestion,
        }


class EmitirError(Exception):
    """Raised with every problem found (never none): bad input, bad configuration, or a service that fails."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        if not self.problems:
            raise ValueError("EmitirError needs at least one problem")
        super().__init__(
            "; ".join(f"{p.path}: {p.message()}" if p.path else p.message() for p in self.problems)
        )

    @property
    def code(self) -> str:
        """The one ``codigo_error`` of the whole: the common one, or ``VARIOS_ERRORES``."""
        codes = {problem.code for problem in self.problems}
        return codes.pop() if len(codes) == 1 else VARIOS_ERRORES

    @property
    def http(self) -> int:
        """HTTP status of the answer: the gravest of the problems'."""
        return max(problem.kind.http for problem in self.problems)

    @property
    def retryable(self) -> bool:
        """Whether the same call may pass later, with nothing changed."""
        return all(problem.kind.retryable for problem in self.problems)
