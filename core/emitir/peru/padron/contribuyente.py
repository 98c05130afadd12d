"""A taxpayer as it is answered, whoever told it: the padrón or a provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from emitir.peru.catalogs import catalog

#: What SUNAT and people write where there is nothing: "-", "----".
_NOTHING = "- "
#: Words before the columns from NÚMERO to KILÓMETRO, in the order in which SUNAT prints them.
_PARTS = ((4, "NRO. "), (5, "INT. "), (7, "DPTO. "), (8, "MZA. "), (6, "LOTE "), (9, "KM. "))


@dataclass(frozen=True, slots=True)
class Contribuyente:
    """``ruc`` is empty for a person of whom only the DNI is known; ``fuente``: who says so.

    ``fecha``: day of the data, AAAA-MM-DD; empty where the source does not tell.
    """

    nombre: str
    ruc: str = ""
    dni: str = ""
    estado: str = ""
    condicion: str = ""
    direccion: str = ""
    ubigeo: str = ""
    fuente: str = ""
    fecha: str = ""

    @property
    def activo(self) -> bool:
        """Estado ACTIVO: every other one is a baja or a suspension."""
        return self.estado.upper() == "ACTIVO"

    @property
    def habido(self) -> bool:
        """Condición HABIDO; PENDIENTE and the kinds of NO HALLADO are not."""
        return self.condicion.upper() == "HABIDO"

    def answer(self) -> dict[str, Any]:
        """The properties of the wire. A natural person's DNI stands in its RUC."""
        departamento, provincia, distrito = ubigeo_names(self.ubigeo)
        found: dict[str, Any] = {
            "ruc": self.ruc,
            "razon_social": self.nombre,
            "estado_contribuyente": self.estado,
            "condicion_domicilio": self.condicion,
            "direccion": self.direccion,
            "ubigeo": self.ubigeo,
            "departamento": departamento,
            "provincia": provincia,
            "distrito": distrito,
            "fuente": self.fuente,
            "fecha_padron": self.fecha,
        }
        dni = self.dni or (self.ruc[2:10] if self.ruc.startswith("10") else "")
        if dni:
            found["dni"] = dni
        if self.estado:
            found["activo"] = self.activo
        if self.condicion:
            found["habido"] = self.habido
        return found


@lru_cache(maxsize=4096)
def ubigeo_names(code: str) -> tuple[str, str, str]:
    """Departamento, provincia and distrito (catalog 13); empty from where the code is unknown.

    >>> ubigeo_names("150131")
    ('LIMA', 'LIMA', 'SAN ISIDRO')
    """
    rows = catalog("13").rows
    levels = (f"{code[:2]}0000", f"{code[:4]}00", code)
    a, b, c = ((rows[level]["descripcion"] if len(code) == 6 and level in rows else "") for level in levels)
    return a, b, c


def address(cells: Sequence[str]) -> str:
    """One line from the ten columns behind the ubigeo, of which the last ones may be missing.

    >>> address(["AV.", "JOSE PARDO", "URB.", "MIRAFLORES", "601", "1603"])
    'AV. JOSE PARDO NRO. 601 INT. 1603 URB. MIRAFLORES'
    """
    columns = [cell if cell.strip(_NOTHING) else "" for cell in (*cells, *[""] * (10 - len(cells)))]
    parts = [*columns[:2], *(word + columns[i] for i, word in _PARTS if columns[i])]
    # A kind of zone without its name says nothing.
    parts += columns[2:4] if columns[3] else []
    return " ".join(part for part in parts if part)
