"""Every ERROR row of SUNAT's sheets is accounted for, and the pages that say so are fresh."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("peru_coverage", ROOT / "scripts" / "peru_coverage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_row_is_accounted_for(script: ModuleType) -> None:
    covered = script.coverage()
    assert len(covered) > 1500
    open_rows = [(row["doc"], row["code"], row["condition"]) for row in covered if not row["status"]]
    assert open_rows == []
    assert {row["doc"] for row in covered} == set(script.DOCUMENTS)


def test_what_is_said_to_be_tested_is_tested(script: ModuleType) -> None:
    for row in script.coverage():
        if row["status"] != "authority":
            file = row["test"].split("::")[0]
            assert (ROOT / file).is_file(), row


def test_no_rule_is_authority_and_enforced_nowhere_else(script: ModuleType) -> None:
    """What a test refuses is not said to be decidable by SUNAT alone."""
    by_family = script.broken_by_family()
    for row in script.coverage():
        if row["status"] == "authority":
            assert all(row["code"] not in by_family[family] for family in script.FAMILIES[row["doc"]]), row


def test_rows_that_share_a_code_are_told_apart(script: ModuleType) -> None:
    """By the concept that the condition names, or by the element; the rest is said to rest on a sibling."""
    covered = script.coverage()
    for row in covered:
        assert (row["basis"] != "") == (row["status"] in ("enforced", "warned")), row
    of_a_trip = [
        row for row in covered if (row["doc"], row["code"]) == ("03", "3065") and "'4048'" in row["condition"]
    ]
    assert [(row["basis"], "boleta-tren" in row["test"]) for row in of_a_trip] == [("row", True)]
    account = [row for row in covered if (row["doc"], row["code"]) == ("01", "3034")]
    assert {"PayeeFinancialAccount" in row["element"]: row["basis"] for row in account} == {
        True: "row",
        False: "code",
    }
    # May only become fewer.
    assert sum(row["basis"] == "code" for row in covered) <= 186


def test_the_pages_are_fresh(script: ModuleType) -> None:
    for path, text in script.files().items():
        assert path.read_text(encoding="utf-8") == text, f"run python scripts/peru_coverage.py: {path.name}"
    assert isinstance(json.loads(script.JSON.read_text(encoding="utf-8")), list)
