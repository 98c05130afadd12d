"""Name search against the plain reading of its rule over every row, and the folding that it stands on."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emitir.peru.padron.charset import Decoder, fold, fold_text, to_bytes, to_text
from emitir.peru.padron.reader import Padron
from emitir.peru.padron.search import MOST_CANDIDATES, search
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
    return loaded(tmp_path_factory.mktemp("padron"), rows)


def expected(folded: list[bytes], query: str) -> set[str]:
    """DNIs of the names that hold the words of the query, the last one as a beginning, unless it is short and alone."""
    *whole, last = fold_text(query).split()
    wanted = [b" " + word + b" " for word in whole]
    wanted.append(b" " + last + (b" " if not whole and len(last) < 3 else b""))
    return {
        f"{number:08}"
        for number, name in enumerate(folded, 1)
        if all(word in b" " + name + b" " for word in wanted)
    }


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_search_finds_what_its_rule_says(padron: Padron, folded: list[bytes], seed: int) -> None:
    source = random.Random(seed)
    query = " ".join(source.choices([*WORDS, "NADIE"], k=source.randrange(1, 4)))
    if seed % 2:
        query = query[: source.randrange(1, len(query) + 1)]
    found = search(padron, query, 70_000)
    wanted = expected(folded, query)
    if found.more:
        # Only a short last word makes it stop before it has seen all.
        assert len(query.split()[-1]) < 3
        assert {row.ruc[2:10] for row in found.rows} < wanted
    else:
        assert {row.ruc[2:10] for row in found.rows} == wanted
    few = search(padron, query, 3)
    assert few.rows == found.rows[:3]
    assert few.more == (found.more or len(found.rows) > 3)


@pytest.mark.parametrize(
    ("others", "complete"), [(MOST_CANDIDATES - 1, True), (MOST_CANDIDATES, False)], ids=["all", "too many"]
)
def test_a_short_last_word_is_looked_for_in_so_many_names(
    tmp_path: Path, others: int, complete: bool
) -> None:
    rows = [person(n, f"ANA ROSA {n}") for n in range(1, others + 1)]
    padron = loaded(tmp_path, [*rows, person(90_000_000, "ROSA EVA")])
    found = search(padron, "rosa e", 5)
    assert [row.nombre for row in found.rows] == ["ROSA EVA"]
    assert found.more != complete
    found = search(padron, "ana x", 5)
    assert (found.rows, found.more) == ((), False)


@pytest.mark.parametrize(
    "query", ['a" OR nombre:*', "NEAR(quispe rosa)", "^ quispe +", "quispe NOT rosa", "{", '"']
)
def test_what_is_asked_is_never_taken_for_a_command(tmp_path: Path, query: str) -> None:
    padron = loaded(tmp_path, [person(1, "QUISPE ROSA")])
    assert search(padron, query, 5).rows == search(padron, fold_text(query).decode(), 5).rows


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
    assert [row.nombre for row in search(padron, "qui", 5).rows] == ["QUISPE"]
    assert search(padron, "qu", 5).rows == ()
    assert search(padron, " . ", 5).rows == ()
