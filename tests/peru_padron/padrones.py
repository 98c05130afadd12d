"""Small padrones for the tests: files as SUNAT writes them, and a loaded one."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

from emitir.peru.identity import ruc_check_digit
from emitir.peru.padron.loading import load
from emitir.peru.padron.reader import Padron

HEADER = (
    "RUC|NOMBRE O RAZÓN SOCIAL|ESTADO DEL CONTRIBUYENTE|CONDICIÓN DE DOMICILIO|UBIGEO|TIPO DE VÍA|"
    "NOMBRE DE VÍA|CÓDIGO DE ZONA|TIPO DE ZONA|NÚMERO|INTERIOR|LOTE|DEPARTAMENTO|MANZANA|KILÓMETRO|"
)
NAME = "padron.emitir"


def ruc(first_ten: int | str) -> str:
    """The whole RUC of ten digits."""
    return f"{first_ten}{ruc_check_digit(str(first_ten))}"


def person(dni: int, name: str, estado: str = "ACTIVO", condicion: str = "HABIDO") -> str:
    """The row of a natural person: no address."""
    return f"{ruc(f'10{dni:08}')}|{name}|{estado}|{condicion}|-|-|-|-|-|-|-|-|-|-|-|"


def company(number: int, name: str, rest: str = "ACTIVO|HABIDO|150131|AV.|LIMA|-|-|601|-|-|-|-|-|") -> str:
    """The row of a company; ``number``: eight digits."""
    return f"{ruc(f'20{number:08}')}|{name}|{rest}"


def write_text(path: Path, rows: list[str], header: str = HEADER, encoding: str = "iso-8859-1") -> Path:
    """A file as SUNAT has it inside its zip."""
    path.write_bytes("".join(f"{line}\r\n" for line in [header, *rows]).encode(encoding))
    return path


def write_zip(path: Path, rows: list[str], day: date = date(2026, 11, 20)) -> Path:
    """A zip as SUNAT has it on its site, made on that day."""
    text = write_text(path.with_suffix(".txt"), rows)
    info = zipfile.ZipInfo("padron_reducido_ruc.txt", (day.year, day.month, day.day, 3, 0, 0))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(info, text.read_bytes(), zipfile.ZIP_DEFLATED)
    text.unlink()
    return path


def quiet(stage: str, done: int, total: int) -> None:
    """For loads that nobody watches."""


def loaded(folder: Path, rows: list[str], helper: bool | None = None) -> Padron:
    """``rows`` as a loaded padrón."""
    folder.mkdir(parents=True, exist_ok=True)
    source = write_text(folder / "source.txt", rows)
    load(str(source), folder, NAME, quiet, force=True, helper=helper)
    return Padron(folder / NAME)
