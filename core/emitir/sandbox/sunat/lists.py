"""SUNAT's lists (padrones) that the sandbox cannot know: empty until a test or a demo fills them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from emitir.sandbox.store import Store

_KEY = "lists"


@dataclass(frozen=True, slots=True)
class Lists:
    """RUCs (and DNIs, and SHA-256 fingerprints of certificates) of which SUNAT knows something.

    ``establecimientos``: ``RUC-0001`` entries; when a RUC has any, other codes get 3239. ``agentes_percepcion``:
    when there is any, others that inform a percepción get 2601. ``comprobantes_externos``: documents issued
    through another of SUNAT's systems (``20123456786-01-E001-7``), which notas may modify. ``series_autorizadas``: series of
    documents on paper (``20123456786-01-0001``), of which the consulta integrada says 3 and not 4.
    """

    ruc_inexistente: frozenset[str] = frozenset()
    ruc_inactivo: frozenset[str] = frozenset()
    ruc_no_habido: frozenset[str] = frozenset()
    proveedores: frozenset[str] = frozenset()
    agentes_retencion: frozenset[str] = frozenset()
    agentes_percepcion: frozenset[str] = frozenset()
    tasa_especial: frozenset[str] = frozenset()
    establecimientos: frozenset[str] = frozenset()
    dni_inexistente: frozenset[str] = frozenset()
    comprobantes_externos: frozenset[str] = frozenset()
    series_autorizadas: frozenset[str] = frozenset()
    certificados_baja: frozenset[str] = frozenset()
    certificados_revocados: frozenset[str] = frozenset()

    @classmethod
    def load(cls, store: Store) -> Lists:
        """The lists as they stand now."""
        return cls(**{name: frozenset(values) for name, values in (store.setting(_KEY) or {}).items()})

    def as_dict(self) -> dict[str, list[str]]:
        """The lists as JSON values."""
        return {name: sorted(values) for name, values in asdict(self).items()}


def reset_lists(store: Store) -> None:
    """Back to the lists of a new sandbox: all empty."""
    store.set_setting(_KEY, {})


def save_lists(store: Store, body: dict[str, Any]) -> Lists:
    """Replace the lists named in ``body``. Raises ValueError for unknown names and wrong types."""
    lists = Lists.load(store).as_dict()
    for name, values in body.items():
        if name not in lists:
            raise ValueError(f"lista desconocida: {name}")
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise ValueError(f"{name} debe ser una lista de textos")
        lists[name] = values
    store.set_setting(_KEY, lists)
    return Lists.load(store)
