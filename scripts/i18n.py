"""Catalogs of translated texts: ``make i18n`` extracts, updates and compiles; ``--check`` only looks.

A text that people read is written in Spanish and marked ``N_("...")`` (or ``_("...")``): the sentence is
the message id. Every package has its own catalogs, named as it: ``<package>/locale/<language>/LC_MESSAGES/``.
"""

from __future__ import annotations

import argparse
import ast
import io
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "core" / "emitir"
PACKAGES = (PACKAGE, ROOT / "bot" / "emitir_bot")
MARKS = {"N_", "_"}
LANGUAGES = ("en",)

#: Message id to the files it stands in, relative to the repository.
Messages = dict[str, list[str]]


def marked(source: str, name: str) -> Iterator[str]:
    """The marked texts of one module. Raises ValueError for a mark whose text is not a literal."""
    for node in ast.walk(ast.parse(source, name)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            text = node.args[0] if len(node.args) == 1 else None
            if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
                raise ValueError(f"{name}:{node.lineno}: {node.func.id}() takes one literal text")
            yield text.value


def extract(package: Path = PACKAGE) -> Messages:
    """Every marked text under ``package``."""
    found: Messages = {}
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package.parent.parent).as_posix()
        for text in marked(path.read_text(encoding="utf-8"), name):
            files = found.setdefault(text, [])
            if name not in files:
                files.append(name)
    return found


def placeholders(text: str) -> list[str]:
    """The ``str.format`` fields of ``text``, sorted; one that cannot be parsed counts as itself."""
    try:
        return sorted({field for _, field, _, _ in string.Formatter().parse(text) if field is not None})
    except ValueError:
        return [text]


def paths(language: str, package: Path = PACKAGE) -> tuple[Path, Path]:
    """The catalog of ``language``: its source (.po) and its compiled form (.mo)."""
    folder = package / "locale" / language / "LC_MESSAGES"
    return folder / f"{package.name}.po", folder / f"{package.name}.mo"


def load(language: str, package: Path = PACKAGE) -> Catalog:
    """The catalog as it stands; an empty one where there is none yet."""
    source, _ = paths(language, package)
    if source.exists():
        with source.open("rb") as file:
            return read_po(file, locale=language)
    return empty(language, datetime.now(UTC))


def empty(language: str, made: datetime) -> Catalog:
    """A catalog without texts, first made at ``made``."""
    return Catalog(
        language,
        header_comment=f"# Texts of Emitir in {language!r}; `make i18n` keeps this file, people fill it in.",
        project="emitir",
        version="catalog",
        last_translator="the contributors of Emitir",
        language_team="the contributors of Emitir",
        msgid_bugs_address="see CONTRIBUTING.md",
        charset="utf-8",
        fuzzy=False,
        creation_date=made,
        revision_date=made,
    )


def update(catalog: Catalog, messages: Messages) -> Catalog:
    """``catalog`` with exactly ``messages``: translations kept, new texts empty, texts no longer used gone.

    The date is carried over, so that an update which changes nothing leaves the file as it was.
    """
    fresh = empty(str(catalog.locale), cast(datetime, catalog.creation_date))
    for text, files in messages.items():
        known = catalog.get(text)
        fresh.add(text, known.string if known else "", locations=[(file, 0) for file in files])
    return fresh


def problems(catalog: Catalog, messages: Messages) -> list[str]:
    """What is wrong with a catalog: texts without translation, left over, or with other placeholders."""
    found = []
    for text in messages:
        known = catalog.get(text)
        if known is None or not known.string or known.fuzzy:
            found.append(f"without translation: {text!r}")
        elif placeholders(text) != placeholders(str(known.string)):
            found.append(f"other placeholders: {text!r} -> {known.string!r}")
    found.extend(f"no longer used: {m.id!r}" for m in catalog if m.id and m.id not in messages)
    return found


def source_of(catalog: Catalog) -> bytes:
    """The text of the .po file."""
    out = io.BytesIO()
    write_po(out, catalog, width=110, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """The bytes of the .mo file."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def check(language: str, messages: Messages, package: Path = PACKAGE) -> list[str]:
    """Everything that keeps the catalog of ``language`` from being complete and fresh."""
    catalog = load(language, package)
    found = problems(catalog, messages)
    _, binary = paths(language, package)
    if not binary.exists() or binary.read_bytes() != compiled(catalog):
        found.append(f"{binary.name} was not compiled from the .po as it stands")
    return [f"{language}: {problem}" for problem in found]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when something is missing")
    options = parser.parse_args()
    found: list[str] = []
    texts = 0
    for package in PACKAGES:
        messages = extract(package)
        texts += len(messages)
        for language in LANGUAGES:
            if not options.check:
                catalog = update(load(language, package), messages)
                source, binary = paths(language, package)
                source.parent.mkdir(parents=True, exist_ok=True)
                source.write_bytes(source_of(catalog))
                binary.write_bytes(compiled(load(language, package)))
            found += check(language, messages, package)
    for problem in found:
        print(problem, file=sys.stderr)
    print(f"{texts} texts, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
