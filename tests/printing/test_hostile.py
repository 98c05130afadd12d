"""Text prints as it is: nothing that a person types is markup, code, or able to break the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from emitir.peru.printed import render

from .conftest import Make, line
from .paper import DPI, pages, picture, squash, words

TRICKS = [
    '#read("/etc/passwd")',
    "#sys.version",
    "$x^2$",
    "*negrita* _cursiva_ `código`",
    "@referencia <etiqueta>",
    "[contenido] {código} (x)",
    "\\ \\u{41} \\#",
    "= Título",
    "- lista",
    "// comentario /* otro */",
    "http://ejemplo.pe~guion--raya---",
    "2x3 -> <= != ... (c) fi ffl",
    "\"comillas\" 'simples'",
    "Ñandú, pingüino, ¿qué? ¡sí! €",
    "</svg>&amp;<script>",
    "%s {0} {nombre}",
]


@pytest.mark.parametrize("text", TRICKS)
def test_it_prints_as_it_was_typed(make: Make, text: str) -> None:
    pdf = render(
        make(
            {"nombre_comercial": text},
            items=[line(text, codigo=text[:30])],
            razon_social=f"Cliente {text}",
            direccion=text,
            observaciones=text,
        ),
        "a4",
    )
    # Trade name in the heading, customer, address, code, description and remark.
    assert words(pdf).count(squash(text[:30])) >= 6
    assert words(pdf).count(squash(text)) >= 5
    assert len(pages(pdf)) == 1


PRINTED = st.text(
    st.characters(
        min_codepoint=0x20, max_codepoint=0x17F, exclude_characters="\u00ad\u00a0", exclude_categories=["Cc"]
    ),
    min_size=1,
    max_size=120,
).filter(lambda text: bool(text.strip()))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=PRINTED)
@example(text="x" * 120)
@example(text="W" * 60 + " " + "M" * 59)
def test_any_text_prints_whole(make: Make, text: str) -> None:
    assert squash(text) in words(render(make(items=[line(text)]), "a4"))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=3, max_size=60))
@example(text="شركة النور 中文公司 🧾 \u202eabc\u202c")
@example(text="a\u0301\u0302\u0303" * 12)
def test_no_text_breaks_the_page(make: Make, text: str, tmp_path: Path) -> None:
    stored = make() | {"notas": [["Observaciones", text]]}
    assert len(pages(render(stored, "a4"))) == 1


@pytest.mark.parametrize("word", ["X" * 500, "W" * 500, "_" * 500, "漢" * 500, "0123456789" * 50])
def test_a_word_without_end_stays_in_its_column(make: Make, word: str, tmp_path: Path) -> None:
    pdf = render(make(items=[line(word, codigo=word[:30])], observaciones=word), "a4")
    page = picture(pdf, tmp_path)
    left = page.width - round(14.5 / 25.4 * DPI)
    margin = page.convert("L").crop((left, 0, page.width, page.height))
    assert min(margin.tobytes()) == 255, "nothing runs into the margin"
    # No font of the page has the Chinese sign: boxes stand for it, in their column all the same.
    assert word.startswith("漢") or squash(word) in words(pdf)
