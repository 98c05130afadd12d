"""Name search against the plain reading of its rule over every row, and the folding that it stands on."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emitir.peru.padron.building import Limits
from emitir.peru.padron.charset import Decoder, fold, fold_text, to_bytes, to_text
from emitir.peru.padron.reader import Padron
from emitir.peru.padron.search import search
from tests.peru_padron.padrones import loaded, person

WORDS = [
    "QUISPE",
    "MAMANI",
    "ÑAUPARI",
    "PEÑA",
    "ROSA",
    "MARÍA",
    "JOSÉ",
    "LUZ",
    "DE",
    "LA",
    "CRUZ",
    "D'ANGELO",
    "ROSAS",
    "MARIANO",
    "S.A.C.",
    "LUIS",
    "LU",
]


@pytest.fixture(scope="module")
def names() -> list[str]:
    """More than a segment of rows; some words are in thousands of them, some in a few."""
    source = random.Random(5)
    weights = [1 / (rank + 1) ** 3 for rank in range(len(WORDS))]
    return [" ".join(source.choices(WORDS, weights, k=source.randrange(1, 6))) for _ in range(70_000)]


@pytest.fixture(scope="module")
def folded(names: list[str]) -> list[bytes]:
    return [fold_text(name) for name in names]


@pytest.fixture(scope="module")
def padron(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> Padron:
    rows = [person(n, name) for n, name in enumerate(names, 1)]
    return loaded(tmp_path_factory.mktemp("padron"), rows, Limits(lines=20_000, postings=50_000))


def expected(folded: list[bytes], query: str) -> set[str]:
    """DNIs of the names that begin with the query, or hold its words, the last one as a beginning."""
    asked = fold_text(query)
    *whole, last = asked.split()
    wanted = [b" " + word + b" " for word in whole] + [b" " + last]
    return {
        f"{number:08}"
        for number, name in enumerate(folded, 1)
        if name.startswith(asked) or all(word in b" " + name + b" " for word in wanted)
    }


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_search_finds_what_its_rule_says(padron: Padron, folded: list[bytes], seed: int) -> None:
    source = random.Random(seed)
    query = " ".join(source.choices([*WORDS, "NADIE"], k=source.randrange(1, 4)))
    if seed % 2:
        query = query[: source.randrange(1, len(query) + 1)]
    found = search(padron, query, 70_000)
    assert {row.ruc[2:10] for row in found.rows} == expected(folded, query)
    assert not found.more
    few = search(padron, query, 3)
    assert few.rows == found.rows[:3]
    assert few.more == (len(found.rows) > 3)


def test_beginnings_come_first(tmp_path: Path) -> None:
    source = random.Random(5)
    names = [" ".join(source.choices(WORDS, k=source.randrange(1, 6))) for _ in range(3000)]
    padron = loaded(tmp_path, [person(n, name) for n, name in enumerate(names, 1)])
    rows = search(padron, "rosa m", 5000).rows
    assert {row.ruc[2:10] for row in rows} == expected([fold_text(name) for name in names], "rosa m")
    begin = [fold_text(row.nombre).startswith(b"ROSA M") for row in rows]
    assert True in begin
    assert False in begin
    assert begin == sorted(begin, reverse=True)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Peña & Núñez, S.A.C.", b"PENA NUNEZ SAC"),
        ("D'ONOFRIO  S A", b"DONOFRIO SA"),
        ("ÀÉÎÕÜ Çß", b"AEIOU C"),
        ("A B", b"AB"),
        ("\ufffd\u4e2d", b""),
        ("", b""),
    ],
)
def test_folding(text: str, folded: bytes) -> None:
    assert fold_text(text).strip() == folded


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_to_the_same_lines(content: bytes) -> None:
    """However odd: as many lines as before, no control character, and text that folds line by line."""
    content = content.replace(b"\r\n", b"\n")
    decoded = Decoder().decode(content)
    assert decoded.count(b"\n") == content.count(b"\n")
    assert not {*decoded} & {*range(10), *range(11, 32), 127}
    assert fold(decoded).count(b"\n") == decoded.count(b"\n")
    assert to_text(decoded).count("\n") == decoded.count(b"\n")


@given(st.text(max_size=200))
def test_any_query_folds_as_the_name_does(text: str) -> None:
    assert fold_text(text) == fold_text(to_text(to_bytes(" ".join(text.split()))))
    words = fold_text(text).split()
    assert all(word.isalnum() and word.isascii() and word == word.upper() for word in words)


def test_nothing_is_found_in_a_padron_of_one(tmp_path: Path) -> None:
    padron = loaded(tmp_path, [person(1, "QUISPE")])
    assert search(padron, "QUISPES", 5).rows == ()
    assert [row.nombre for row in search(padron, "q", 5).rows] == ["QUISPE"]
    assert search(padron, " . ", 5).rows == ()
