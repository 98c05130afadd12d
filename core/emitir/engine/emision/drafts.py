"""From properties to a prepared comprobante: completed from what is stored, checked, ready for its number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from emitir.clock import Clock
from emitir.country import Batches, Completes, Country, Key, Prepared, Properties, Recorded, Stored
from emitir.engine.empresas.company import Company
from emitir.engine.storage.store import NO_EXTRAS, Extras, Store
from emitir.error_codes import FORMATO_INVALIDO, TIPO_INCORRECTO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: The caller's own id of a request, and its longest form.
REFERENCE, _LONGEST = "referencia", 64
NUMBER = "numero"

_IN_RESUMEN = N_("Irá en el resumen del {fecha} a las {hora}.")


@dataclass(frozen=True, slots=True)
class Request:
    """What a caller asks for. ``properties`` without ``referencia``; ``numbered``: it brings its own number."""

    properties: Properties
    referencia: str | None
    numbered: bool

    def with_number(self, numero: int) -> Request:
        """The same under that number."""
        return replace(self, properties={**self.properties, NUMBER: numero}, numbered=True)


def read_request(properties: Properties) -> Request:
    """Raises EmitirError for a ``referencia`` that is none."""
    numbered = properties.get(NUMBER) not in (None, "", [])
    if REFERENCE not in properties and numbered:
        return Request(properties, None, True)
    rest = {name: value for name, value in properties.items() if name != REFERENCE}
    if not numbered:
        rest.pop(NUMBER, None)
    value = properties.get(REFERENCE)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise EmitirError(Problem(TIPO_INCORRECTO, N_("Debe ser un texto."), REFERENCE))
    if value is not None and not (0 < len(value.strip()) <= _LONGEST and value.isprintable()):
        text = N_("Debe tener de 1 a {maximum} caracteres, sin saltos de línea.")
        raise EmitirError(Problem(FORMATO_INVALIDO, text, REFERENCE, {"maximum": _LONGEST}))
    return Request(rest, value.strip() if value is not None else None, numbered)


@dataclass(frozen=True, slots=True)
class Draft:
    """A comprobante that may be issued. ``properties``: completed, so that it can be prepared under any number."""

    properties: Properties
    prepared: Prepared
    extras: Extras


class Drafter:
    """Reads the store; changes nothing."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def draft(
        self,
        company: Company,
        country: Country,
        request: Request,
        now: datetime | None = None,
        before: int | None = None,
    ) -> Draft:
        """Raises EmitirError with every problem of the request.

        ``now`` and ``before``: as it was at that moment, before the document of that id was stored. A request
        without number is checked under number 1.
        """
        moment = now or self._clock()
        properties = request.properties if request.numbered else {**request.properties, NUMBER: 1}
        finder = _Finder(self._store, company, before)
        if isinstance(country, Completes):
            properties = country.complete(properties, company.settings, finder.find)
        prepared = country.prepare(properties, company.settings, moment)
        if isinstance(country, Completes):
            country.judge(prepared, finder.find)
        extras = self._extras(company, country, prepared, moment)
        if isinstance(prepared, Recorded) and prepared.modifies:
            known = [finder.known(key) for key in prepared.modifies]
            ids = tuple(dict.fromkeys(one for one, _ in filter(None, known)))
            extras = replace(extras, modifies=ids, notas=sum(finder.notas[one] for one in ids))
        return Draft(properties, prepared, replace(extras, referencia=request.referencia))

    def _extras(self, company: Company, country: Country, prepared: Prepared, now: datetime) -> Extras:
        if not isinstance(country, Batches) or not country.in_resumen(prepared, company.settings):
            return NO_EXTRAS
        due = country.resumen_next(company.settings, now)
        params = {"fecha": f"{due:%d/%m/%Y}", "hora": f"{due:%H:%M}"}
        return Extras(en_resumen=True, detalle=_IN_RESUMEN.format(**params))


class _Finder:
    """Looks documents up once, with the notas on them, and remembers how many those were."""

    def __init__(self, store: Store, company: Company, before: int | None) -> None:
        self._store = store
        self._company = company
        self._before = before
        self._found: dict[Key, tuple[int, Stored] | None] = {}
        self.notas: dict[int, int] = {}

    def find(self, key: Key) -> Stored | None:
        known = self.known(key)
        return known[1] if known else None

    def known(self, key: Key) -> tuple[int, Stored] | None:
        """Id and content of a document of the company."""
        if key not in self._found:
            self._found[key] = self._look_up(key)
        return self._found[key]

    def _look_up(self, key: Key) -> tuple[int, Stored] | None:
        document = self._store.find(self._company, *key)
        if document is None:
            return None
        notas, self.notas[document.id] = self._store.notas_on(document, self._before)
        record = self._store.record(document)
        return document.id, Stored(record, document.estado, document.baja_estado, tuple(notas))
