"""Limits on what comes from outside: stated once, set by a variable, told when they refuse."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hoka_excel import limits
from hoka_excel.core.errors import HokaError, UsageError
from hoka_excel.core.messages import Language, catalogue
from hoka_excel.documents.reading import read_document
from hoka_excel.workbook.any_file import read_grids
from tests.answers import answer

PACKAGE = Path(limits.__file__).parent


def test_every_limit_is_in_the_table_under_its_own_name() -> None:
    stated = {name: value for name, value in vars(limits).items() if isinstance(value, limits.Limit)}
    assert [limit.name for limit in limits.LIMITS] == list(stated)


def test_every_limit_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    used = set(re.findall(r"\blimits\.([A-Z_]+)\b", source))
    assert {limit.name for limit in limits.LIMITS} - used == set()


def test_a_default_is_something_that_the_limit_can_be() -> None:
    assert [limit.name for limit in limits.LIMITS if not limit.least <= limit.default <= limit.most] == []


def test_a_unit_of_bytes_or_seconds_stands_in_the_name() -> None:
    ends = {limits.Unit.MEGABYTES: "_MB", limits.Unit.SECONDS: "_SECONDS"}
    for limit in limits.LIMITS:
        for unit, end in ends.items():
            assert limit.name.endswith(end) == (limit.unit is unit)


def test_a_message_that_tells_a_variable_tells_the_limit_as_well() -> None:
    bounded = ("package.", "read.", "document.", "ledger.audit_", "cells.", "recalculation.", "page.")
    texts = {code: texts["nl"] for code, texts in catalogue().items() if code.startswith(bounded)}
    told = [code for code, text in texts.items() if "{variable}" in text]
    assert told
    assert [code for code in told if "{limit}" not in texts[code]] == []


@pytest.mark.parametrize("text", ["9", " 9 ", "0_9"])
def test_a_variable_sets_a_limit(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("HOKA_LIMIT_PART_MB", text)
    limits.check_settings()
    assert (limits.PART_MB.current, limits.PART_MB.in_bytes) == (9, 9 << 20)


def test_an_empty_variable_sets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOKA_LIMIT_CELLS", " ")
    monkeypatch.setenv("HOKA_LIMIT_NERGENS", "")
    limits.check_settings()
    assert limits.CELLS.current == limits.CELLS.default


@pytest.mark.parametrize("text", ["veel", "20.000.000", "1e6", "0", "-1", "4097", "9" * 5_000])
def test_what_a_limit_cannot_be_is_refused_with_what_it_can_be(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("HOKA_LIMIT_PACKAGE_MB", text)
    with pytest.raises(UsageError) as caught:
        _ = limits.PACKAGE_MB.current
    assert str(caught.value) == (
        f"HOKA_LIMIT_PACKAGE_MB is '{text}'. Geef een heel getal van 1 tot en met 4.096 (MB), of haal de "
        "variabele weg; zonder haar geldt 4.096."
    )


@pytest.mark.parametrize("limit", limits.LIMITS, ids=lambda limit: limit.name)
def test_a_limit_can_be_set_from_its_least_to_its_most(
    monkeypatch: pytest.MonkeyPatch, limit: limits.Limit
) -> None:
    for number in (limit.least, limit.most):
        monkeypatch.setenv(limit.variable, str(number))
        assert limit.current == number
    for number in (limit.least - 1, limit.most + 1):
        monkeypatch.setenv(limit.variable, str(number))
        with pytest.raises(UsageError, match=limit.variable):
            _ = limit.current


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nl", "deze grens bestaat niet. Het meest lijken HOKA_LIMIT_CELLS, "),
        ("en", "there is no such limit. Most like it are HOKA_LIMIT_CELLS, "),
    ],
)
def test_every_badly_set_limit_is_told_before_a_command_begins(
    monkeypatch: pytest.MonkeyPatch, language: Language, told: str
) -> None:
    monkeypatch.setenv("HOKA_LIMIT_CELS", "5")
    monkeypatch.setenv("HOKA_LIMIT_PAGES", "vijf")
    answered = answer("check", "weg.xlsx", "--lang", language)
    assert (answered.code, answered.out, len(answered.faults.splitlines())) == (2, "", 2)
    assert f"HOKA_LIMIT_CELS: {told}" in answered.faults
    assert "HOKA_LIMIT_PAGES is 'vijf'." in answered.faults


def test_limits_that_are_handed_over_go_before_those_set_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOKA_LIMIT_CELLS", "7")
    monkeypatch.setenv("HOKA_LIMIT_PAGES", "8")
    with limits.handed_over({"HOKA_LIMIT_CELLS": "9"}):
        assert (limits.CELLS.current, limits.PAGES.current) == (9, 8)
        assert limits.settings() == {"HOKA_LIMIT_CELLS": "9", "HOKA_LIMIT_PAGES": "8"}
    assert limits.CELLS.current == 7


def test_a_process_that_is_started_goes_by_the_same_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOKA_LIMIT_CELLS", "3")
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("Post;Bedrag\nReis;1\n", encoding="utf-8")
    answered = answer("check", tmp_path, "--jobs", "2")
    assert answered.code == 2
    assert answered.faults.count("groter dan 3 cellen. Verwijder de lege rijen") == 2
    assert answered.faults.count("of verhoog HOKA_LIMIT_CELLS.") == 2


@pytest.mark.parametrize(
    ("name", "content", "variable"),
    [
        ("lang.csv", "1;2\n" * (1 << 18) + "3;4\n", "HOKA_LIMIT_TEXT_MB"),
        ("breed.csv", f"{'x' * 70_000};1\n", "HOKA_LIMIT_LINE_CHARACTERS"),
        ("breed.tsv", '"' + "x\n" * 40_000 + '";1\n', "HOKA_LIMIT_LINE_CHARACTERS"),
        ("vol.csv", "1;2\n", "HOKA_LIMIT_CELLS"),
    ],
)
def test_a_table_over_a_limit_that_was_lowered_is_read_again_when_it_is_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str, variable: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    limit = next(limit for limit in limits.LIMITS if limit.variable == variable)
    monkeypatch.setenv(variable, str(limit.least))
    with pytest.raises(HokaError, match=f"verhoog {variable}"):
        read_grids(tmp_path / name)
    monkeypatch.setenv(variable, str(limit.default))
    assert read_grids(tmp_path / name)


@pytest.mark.parametrize(
    ("content", "variable"),
    [
        ("<p>x</p>" * (1 << 18), "HOKA_LIMIT_DOCUMENT_TEXT_MB"),
        (f"{'<table><tr><td>' * 3}2019{'</table>' * 3}", "HOKA_LIMIT_TABLE_DEPTH"),
    ],
)
def test_a_page_over_a_limit_that_was_lowered_is_read_again_when_it_is_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, variable: str
) -> None:
    path = tmp_path / "plan.html"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setenv(variable, "1")
    with pytest.raises(HokaError, match=f"verhoog {variable}"):
        read_document(path)
    monkeypatch.delenv(variable)
    assert read_document(path).name == "plan.html"


def test_the_table_of_limits_tells_what_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOKA_LIMIT_CELLS", "5")
    monkeypatch.setenv("COLUMNS", "200")
    answered = answer("limits")
    assert (answered.code, answered.faults) == (0, "")
    rows = {line.split()[0]: " ".join(line.split()[1:]) for line in answered.out.splitlines()}
    assert rows["CELLS"] == "5 20.000.000 cellen alle bladen samen, lege cellen meegeteld"
    assert set(rows) == {limit.name for limit in limits.LIMITS} | {"Grens", "Een"}


def test_the_limits_are_told_to_programs_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOKA_LIMIT_PAGES", "7")
    told = json.loads(answer("limits", "--json", "--lang", "en").out)
    assert told["schema"] == 1
    assert [limit["name"] for limit in told["limits"]] == [limit.name for limit in limits.LIMITS]
    (pages,) = (limit for limit in told["limits"] if limit["name"] == "PAGES")
    assert pages == {
        "name": "PAGES",
        "variable": "HOKA_LIMIT_PAGES",
        "value": 7,
        "default": 500,
        "least": 1,
        "most": 1_000_000_000,
        "unit": "pages",
        "bounds": "the pages of a PDF",
    }


def test_reading_begins_within_the_least_memory_that_can_be_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import xlsxwriter

    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Blad").write("A1", 7)
    monkeypatch.setenv("HOKA_LIMIT_READING_MB", str(limits.READING_MB.least))
    assert read_grids(path)[0].value(0, 0) == 7


def test_nothing_heavy_is_loaded_to_know_the_limits() -> None:
    code = "import sys, hoka_excel.limits; print('pandas' in sys.modules or 'click' in sys.modules)"
    answered = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answered.stdout == "False\n"
