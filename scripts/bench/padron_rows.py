"""A padrón reducido that nobody wrote: as many rows as asked for, in the proportions of the real one.

About 85 of 100 rows are natural persons (RUC 10) without an address, the rest companies (RUC 20) with one,
and a few others. Names follow Zipf's law: some surnames everywhere, and a long tail of rare ones; companies
have names that nobody else has, with quotes, apostrophes, Ñ and accents. Rows come in no order. One row in
2,000 is broken in one of the ways seen in such files, and one in 5,000 comes a second time. The same seed
gives the same rows.
"""

from __future__ import annotations

import argparse
import random
import zipfile
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

HEADER = (
    "RUC|NOMBRE O RAZÓN SOCIAL|ESTADO DEL CONTRIBUYENTE|CONDICIÓN DE DOMICILIO|UBIGEO|TIPO DE VÍA|"
    "NOMBRE DE VÍA|CÓDIGO DE ZONA|TIPO DE ZONA|NÚMERO|INTERIOR|LOTE|DEPARTAMENTO|MANZANA|KILÓMETRO|"
)
BROKEN_EVERY, REPEATED_EVERY = 2000, 5000


def _list(text: str) -> list[str]:
    return [word.replace("+", " ") for word in text.split()]


SURNAMES = _list(
    "QUISPE FLORES SANCHEZ GARCIA RODRIGUEZ ROJAS DIAZ MAMANI TORRES GONZALES LOPEZ CHAVEZ RAMOS PEREZ VASQUEZ "
    "MENDOZA RAMIREZ ESPINOZA CASTILLO HUAMAN RUIZ CASTRO FERNANDEZ CRUZ VARGAS GUTIERREZ MARTINEZ MEDINA "
    "SALAZAR CONDORI CARDENAS AGUILAR ROMERO CHOQUE HERRERA SILVA ALVAREZ ORTIZ REYES SOTO PAREDES SUAREZ CAMPOS "
    "GOMEZ RIVERA MORALES LEON PALOMINO CORDOVA HUAMANI CACERES VEGA VELASQUEZ ZAPATA RIOS GUERRERO APAZA MEZA "
    "ÑAUPARI PEÑA MUÑOZ NUÑEZ YUPANQUI CCAHUANA ORDOÑEZ IBAÑEZ ZUÑIGA DE+LA+CRUZ VILCA ARIAS CALDERON SONCCO "
    "FIESTAS CHERO PAUCAR D'ANGELO VON+BISCHOFFSHAUSEN"
)
GIVEN = _list(
    "MARIA JOSE LUIS ROSA JUAN CARLOS ANA JORGE JESUS MIGUEL VICTOR CARMEN CESAR JULIO PEDRO ELIZABETH MANUEL "
    "FLOR MARCO ANTONIO DAVID DANIEL EDGAR RAUL SANTOS LUZ GLORIA NELLY ROXANA SILVIA JANET LIDIA YOLANDA FELIX "
    "OSCAR WALTER WILLIAM PERCY EDWIN FREDY RICHARD ALEX CRISTIAN KEVIN JHON BRAYAN YENY MILAGROS FIORELLA "
    "KARINA SOFÍA ÑUSTA INÉS"
)
TRADES = _list(
    "INVERSIONES SERVICIOS CORPORACION CONSTRUCTORA GRUPO INMOBILIARIA COMERCIAL DISTRIBUIDORA TRANSPORTES "
    "CONSULTORES IMPORTACIONES EMPRESA MULTISERVICIOS AGROINDUSTRIAS CONSORCIO ASOCIACIÓN NEGOCIACIONES PANADERIA "
    "FERRETERIA BOTICA CLÍNICA COLEGIO MINERA PESQUERA TEXTILES IMPRENTA LOGISTICA SEGURIDAD COMPAÑIA"
)
PLACES = _list(
    "DEL+PERU DEL+NORTE DEL+SUR ANDINA LIMA CUSCO AREQUIPA SAN+MARTIN SANTA+ROSA EL+SOL LOS+ANDES PACIFICO"
)
FORMS = _list("S.A.C. S.A. E.I.R.L. S.R.L. SOCIEDAD+ANONIMA+CERRADA S.A.C S+A EIRL SAC S.R.LTDA.")
STATES = _list("ACTIVO BAJA+DE+OFICIO BAJA+DEFINITIVA SUSPENSION+TEMPORAL BAJA+PROV.+POR+OFICIO")
CONDITIONS = _list("HABIDO NO+HABIDO NO+HALLADO+SE+MUDO+D PENDIENTE")
STREETS = _list("AV. CAL. JR. PJ. CAR. ----")
ZONES = _list("URB. Z.I. A.H. RES. ---- FND.")
_SYLLABLES = [a + b for a in _list("B C D F G H L M N P R S T V Y CH LL QU TR") for b in "AEIOU"]
_TAIL_WEIGHTS = (200, 20, 12, 3, 60, 9, 4, 1, 80, 9, 4, 1, 30, 4, 1, 1, 9, 1, 1, 1)
_NO_ADDRESS = "-|" * 11


def check_digit(ten: str) -> str:
    """The eleventh digit of a RUC."""
    total = sum(
        int(digit) * weight for digit, weight in zip(ten, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)
    )
    return str((11 - total % 11) % 10)


class _Zipf:
    """Draws from a list: the n-th word about 1/n as often as the first."""

    def __init__(self, source: random.Random, words: Sequence[str]) -> None:
        self._source = source
        self._words = words
        self._weights = list(accumulate(1 / (rank + 4) for rank in range(len(words))))

    def draw(self, count: int) -> list[str]:
        return self._source.choices(self._words, cum_weights=self._weights, k=count)


class Generator:
    """Lines of a padrón, batch by batch."""

    def __init__(self, rows: int, seed: int = 1) -> None:
        self._rows = rows
        source = self._source = random.Random(seed)
        tail = max(200, min(60_000, rows // 50))
        self._surnames = _Zipf(source, [*SURNAMES, *(self._word(3) for _ in range(tail))])
        self._given = _Zipf(source, [*GIVEN, *(self._word(source.choice((2, 3))) for _ in range(tail // 4))])
        self._streets = _Zipf(source, [*SURNAMES, *(self._word(4) for _ in range(tail // 8))])
        self._brands = [
            self._word(source.choice((2, 3, 4))) for _ in range(max(200, min(400_000, rows // 20)))
        ]
        self._tails = [f"{s}|{c}|{_NO_ADDRESS}" for s in STATES for c in CONDITIONS]
        self._places = [f"{d:02}{p:02}{n:02}" for d in range(1, 26) for p in range(1, 9) for n in range(1, 9)]

    def _word(self, syllables: int) -> str:
        return "".join(self._source.choices(_SYLLABLES, k=syllables))

    def lines(self, batch: int = 50_000) -> Iterator[list[str]]:
        """Every row, without line ends; the header is :data:`HEADER`."""
        for start in range(0, self._rows, batch):
            yield self._batch(start, min(batch, self._rows - start))

    def _batch(self, start: int, count: int) -> list[str]:
        source = self._source
        surnames, given = self._surnames.draw(2 * count), self._given.draw(2 * count)
        tails = source.choices(self._tails, weights=_TAIL_WEIGHTS, k=count)
        kinds = source.choices(("10", "10a", "20", "15", "17"), weights=(8500, 40, 1440, 10, 10), k=count)
        lines: list[str] = []
        for i, kind in enumerate(kinds):
            # A step that shares no factor with the number of DNIs visits each of them once, in no order.
            if kind == "20":
                ten = f"20{(start + i) * 7_019_281 % 61_000_000 + 10_000_000:08}"
                name, tail = (
                    self._company(surnames[i]),
                    f"{source.choice(self._tails)[:-22]}{self._address()}",
                )
            else:
                ten = f"{kind[:2]}{(start + i) * 38_196_601 % 80_000_000:08}"
                name = f"{surnames[2 * i]} {surnames[2 * i + 1]} {given[2 * i]}"
                if i % 5:
                    name = f"{name} {given[2 * i + 1]}"
                tail = tails[i] if kind == "10" else f"ACTIVO|HABIDO|{self._address()}"
            line = f"{ten}{check_digit(ten)}|{name}|{tail}"
            if i % BROKEN_EVERY == 77:
                line = self._broken(line)
            elif i % REPEATED_EVERY == 78:
                line = (
                    lines[-1] if i % (2 * REPEATED_EVERY) == 78 else lines[-1].replace("ACTIVO", "SUSPENDIDO")
                )
            lines.append(line)
        return lines

    def _broken(self, line: str) -> str:
        """A line as it should not be."""
        ruc, name, rest = line.split("|", 2)
        return self._source.choice(
            (
                "",
                f"{ruc}|{name}",
                f"{ruc[:10]}|{name}|{rest}",
                f"{ruc[:10]}{9 - int(ruc[10])}|{name}|{rest}",
                f"{ruc}|{name[:5]}|{name[5:]}|{rest}",
                f"{ruc}|{name}|{rest}-|-|",
                f"{ruc}|{name}|{rest}".rstrip("-|"),
                f" {ruc}\t| {name}  | {rest}",
                f"{ruc}|{name}\x00\x1a\x85|{rest}",
                f"{name}|{ruc}|{rest}",
            )
        )

    def _company(self, surname: str) -> str:
        source = self._source
        words = [source.choice(TRADES)]
        if source.random() < 0.7:
            words.append(source.choice(self._brands))
        if source.random() < 0.4:
            words.append(surname)
        if source.random() < 0.4 or len(words) == 1:
            words.append(source.choice(PLACES))
        if source.random() < 0.15:
            words.insert(1, "Y" if source.random() < 0.5 else "&")
        if source.random() < 0.05:
            words[-1] = f'"{words[-1]}"'
        return " ".join([*words, source.choice(FORMS)])

    def _address(self) -> str:
        """Ubigeo and ten columns."""
        source = self._source
        street = self._streets.draw(2)
        zone = f"{source.choice(ZONES)}|{street[1]}" if source.random() < 0.6 else "-|-"
        lot = (
            f"{source.randrange(60)}|-|{chr(65 + source.randrange(26))}" if source.random() < 0.2 else "-|-|-"
        )
        inner = str(source.randrange(900)) if source.random() < 0.25 else "-"
        return (
            f"{source.choice(self._places)}|{source.choice(STREETS)}|{street[0]}|{zone}|"
            f"{source.randrange(5000)}|{inner}|{lot}|-|"
        )


def write(path: Path, rows: int, seed: int = 1) -> None:
    """A file as SUNAT publishes it: text in ISO-8859-1, inside a zip where the name ends so."""
    if path.suffix == ".zip":
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive,
            archive.open("padron_reducido_ruc.txt", "w", force_zip64=True) as text,
        ):
            for lines in _blocks(rows, seed):
                text.write(lines)
        return
    with path.open("wb") as text:
        for lines in _blocks(rows, seed):
            text.write(lines)


def _blocks(rows: int, seed: int) -> Iterator[bytes]:
    yield f"{HEADER}\n".encode("iso-8859-1")
    for lines in Generator(rows, seed).lines():
        yield "".join(f"{line}\n" for line in lines).encode("iso-8859-1")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a generated padrón reducido.")
    parser.add_argument("path", type=Path, help="PADRON.txt or PADRON.zip")
    parser.add_argument("rows", type=int)
    options = parser.parse_args()
    write(options.path, options.rows)
