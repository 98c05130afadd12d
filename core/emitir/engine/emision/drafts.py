"""From properties to a prepared comprobante: completed from what is stored, checked, ready for its number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from emitir.clock import Clock
from emitir.country import Batches, Completes, Country, Key, Prepared, Properties, Recorded, Stored
from emitir.country_lotes import Packs
from emitir.engine.comprobante import EN_LOTE, EN_RESUMEN, IN_LOTE
from emitir.engine.emision.request import NUMBER, Request
from emitir.engine.empresas.company import Company
from emitir.engine.storage.store import NO_EXTRAS, Extras, Store
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

_IN_RESUMEN = N_("Irá en el resumen del {fecha} a las {hora}.")


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
        """Raises EmitirError with every problem of the request and of the comprobante.

        ``now`` and ``before``: as it was at that moment, before the document of that id was stored. A request
        without number is checked under number 1.
        """
        if request.problems:
            sound = replace(request, problems=())
            raise EmitirError([*request.problems, *self._problems(company, country, sound)])
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
        return Draft(
            properties, prepared, replace(extras, referencia=request.referencia, beside=request.beside)
        )

    def _problems(self, company: Company, country: Country, request: Request) -> list[Problem]:
        try:
            self.draft(company, country, request)
        except EmitirError as error:
            return list(error.problems)
        return []

    def _extras(self, company: Company, country: Country, prepared: Prepared, now: datetime) -> Extras:
        if isinstance(country, Packs) and country.in_lote(prepared, company.settings):
            return Extras(canal=EN_LOTE, detalle=IN_LOTE)
        if not isinstance(country, Batches) or not country.in_resumen(prepared, company.settings):
            return NO_EXTRAS
        due = country.resumen_next(company.settings, now)
        params = {"fecha": f"{due:%d/%m/%Y}", "hora": f"{due:%H:%M}"}
        return Extras(canal=EN_RESUMEN, detalle=_IN_RESUMEN.format(**params))


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
