"""What the authority's word on an envio means for the documents that it is about. Pure decisions, no database.

A file whose answer was lost and that the authority has ("already presented") is settled by asking anew: its
documents go in another file. If the lost one had counted, the authority refuses the new one with a code that
says so (Peru: 2323 and 2987 for bajas, 2282 for resúmenes), and that is the verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from emitir.country import Annuls, Batches, Country
from emitir.country_lotes import Packs
from emitir.engine.comprobante import Comprobante
from emitir.i18n import N_
from emitir.verdict import Accepted, Final, Observed, Rejected, Verdict

BAJA, INFORME, MODIFICA = "baja", "informe", "modifica"
#: What a lote says of its documents: nothing, it brings them. And an event of the document that it is about.
LOTE, EVENTO = "lote", "evento"

#: A resumen refused for itself goes again after this; its documents are not at fault.
WHOLE_PAUSE = timedelta(hours=1)

#: ``accepted``: it has its effect. ``refused``: it has not. ``again``: in another file. ``lost``: in another file,
#: for the answer of this one is lost. ``known``: a file whose answer was lost had informed it. ``foreign``:
#: another system informed that number. ``told``: of a lote, what was said of this document (``verdict``).
#: ``alone``: of a lote that tells nothing of it; it is asked for, and goes, by itself.
Outcome = Literal["accepted", "refused", "again", "lost", "known", "foreign", "told", "alone"]

_LOST = N_("La respuesta de {envio} se perdió: se vuelve a pedir en otro archivo.")
_REFUSED = N_("{envio} fue rechazado: {codigo} {descripcion}")
_AGAIN = N_("{envio} fue rechazado ({codigo} {descripcion}): irá en el siguiente resumen.")
_ALONE = N_("El lote {envio} no dice qué fue de este comprobante: se pregunta por él solo.")
_KNOWN = N_(
    "La autoridad ya lo tenía informado por un resumen cuya respuesta se perdió: verifíquelo en su portal."
)
_FOREIGN = N_(
    "La autoridad ya tiene registrado otro comprobante con este número, emitido desde otro sistema."
)


@dataclass(frozen=True, slots=True)
class Related:
    """One document of an envio. ``lost_in``: the earlier envio whose answer about it was lost, 0 for none.

    ``codigo``: its ``codigo_documento``.
    """

    relacion_id: int
    comprobante_id: int
    accion: str
    record: Mapping[str, Any] = field(repr=False)
    lost_in: int = 0
    codigo: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one document. ``tanda``, ``desde``: of one that goes again, with whom and when.

    ``verdict``: of one that was ``told``.
    """

    related: Related
    outcome: Outcome
    detalle: str = ""
    tanda: int = 0
    desde: datetime | None = None
    verdict: Final | None = None


def decide(
    country: Country,
    envio: Comprobante,
    final: Final,
    lost: bool,
    related: Sequence[Related],
    now: datetime,
) -> list[Decision]:
    """One decision for each document of an envio. ``lost``: the authority has it, and its verdict is not known."""
    params = {
        "envio": envio.codigo_documento.partition("-")[2],
        "codigo": final.code,
        "descripcion": final.description,
    }
    if related and related[0].accion == LOTE:
        return _of_lote(country, final, lost, related, _ALONE.format(**params))
    if lost:
        return [Decision(one, "lost", _LOST.format(**params), envio.id * 2) for one in related]
    if not isinstance(final, Rejected):
        return [Decision(one, "accepted") for one in related]
    reason = _REFUSED.format(**params)
    bajas = [one for one in related if one.accion == BAJA]
    informed = [one for one in related if one.accion == INFORME]
    done = isinstance(country, Annuls) and country.annulled_already(final.code)
    decisions = [Decision(one, "accepted" if done else "refused", reason) for one in bajas]
    if informed and isinstance(country, Batches):
        again = _AGAIN.format(**params)
        decisions += _refused_resumen(country, envio, final, informed, reason, again, now)
    return decisions


def _of_lote(
    country: Country, final: Final, lost: bool, related: Sequence[Related], alone: str
) -> list[Decision]:
    """Each document by what its lote's answer says of it; without such an answer each by itself."""
    told: Mapping[str, Verdict] = {}
    if isinstance(country, Packs) and not lost and not isinstance(final, Rejected):
        told = country.lote_verdicts(final.cdr, [one.codigo for one in related])
    decisions = []
    for one in related:
        verdict = told.get(one.codigo)
        if isinstance(verdict, Accepted | Observed | Rejected):
            decisions.append(Decision(one, "told", verdict=verdict))
        else:
            decisions.append(Decision(one, "alone", alone))
    return decisions


def _refused_resumen(
    country: Batches,
    envio: Comprobante,
    final: Rejected,
    informed: Sequence[Related],
    reason: str,
    again: str,
    now: datetime,
) -> list[Decision]:
    blame = country.blame([one.record for one in informed], final.code, final.description)
    if blame.whole:
        return [Decision(one, "again", again, desde=now + WHOLE_PAUSE) for one in informed]
    lost_in = {informed[position].lost_in for position in blame.known} - {0}
    decisions = []
    for position, one in enumerate(informed):
        if one.lost_in in lost_in:
            # A resumen counts as a whole or not at all.
            decisions.append(Decision(one, "known", _KNOWN))
        elif position in blame.known:
            decisions.append(Decision(one, "foreign", _FOREIGN))
        elif position in blame.refused or len(informed) == 1:
            decisions.append(Decision(one, "refused", reason))
        else:
            # Nobody is named: the halves go apart until the one at fault is alone.
            half = 0 if blame.known or blame.refused else int(position * 2 >= len(informed))
            decisions.append(Decision(one, "again", again, envio.id * 2 + half))
    return decisions
