"""The English catalog is complete and fresh; texts are marked so that they can be found."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from emitir.errors import EmitirError, Problem
from emitir.i18n import translate
from scripts import i18n


def test_catalogs_are_complete_and_fresh() -> None:
    messages = i18n.extract()
    assert len(messages) > 50
    found = [
        problem
        for package in i18n.PACKAGES
        for language in i18n.LANGUAGES
        for problem in i18n.check(language, i18n.extract(package), package)
    ]
    assert found == []


def test_errors_are_read_in_english() -> None:
    error = EmitirError(Problem("FECHA_FUTURA", "La fecha es futura", "fecha"))
    assert error.problems[0].message("en") == "The date is in the future"
    assert error.problems[0].message() == "La fecha es futura"
    assert translate("una frase sin traducción", "en") == "una frase sin traducción"


def test_extraction_finds_marks_and_joined_literals() -> None:
    source = 'a = N_("uno " "dos")\nb = [_("tres {x}")]\nc = other("cuatro")\n'
    assert list(i18n.marked(source, "m.py")) == ["uno dos", "tres {x}"]


@pytest.mark.parametrize("source", ["N_(name)", 'N_(f"hola {name}")', 'N_("a", "b")', "N_(3)"])
def test_a_mark_without_a_literal_text_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"m\.py:1: N_\(\) takes one literal text"):
        list(i18n.marked(source, "m.py"))


def _catalog(**texts: str) -> Catalog:
    catalog = Catalog("en")
    for text, translation in texts.items():
        catalog.add(text, translation)
    return catalog


def test_a_text_without_translation_is_a_problem() -> None:
    messages = {"hola": ["a.py"], "adiós": ["a.py"], "nueva": ["b.py"]}
    found = i18n.problems(_catalog(hola="hello", adiós=""), messages)
    assert found == ["without translation: 'adiós'", "without translation: 'nueva'"]


def test_other_placeholders_are_a_problem() -> None:
    catalog = Catalog("en")
    catalog.add("hasta {limite}", "up to {limit}")
    catalog.add("de {a} a {b:.2f}", "from {b} to {a}")
    found = i18n.problems(catalog, {"hasta {limite}": [], "de {a} a {b:.2f}": []})
    assert found == ["other placeholders: 'hasta {limite}' -> 'up to {limit}'"]


def test_a_leftover_translation_is_a_problem() -> None:
    assert i18n.problems(_catalog(viejo="old"), {}) == ["no longer used: 'viejo'"]


def test_update_keeps_translations_and_drops_what_is_unused() -> None:
    fresh = i18n.update(i18n.update(i18n.load("en"), {"a": ["x.py"], "b": ["x.py"]}), {"b": ["y.py"]})
    assert [message.id for message in fresh if message.id] == ["b"]
    known = i18n.load("en")
    kept = i18n.update(known, i18n.extract())
    assert i18n.source_of(kept) == i18n.source_of(i18n.update(kept, i18n.extract()))
