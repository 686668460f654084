"""Reading DUO's files of enrolled students."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from hoka_excel.core.errors import HokaError, WorkbookError
from hoka_excel.students.duo_file import StudentError, enrolments
from tests.students.duo_samples import UTRECHT, per_sex, per_year, portal, written

Lines = Callable[[], list[str]]


def totals(path: Path) -> tuple[Counter[tuple[str, str, int]], Counter[tuple[str, str, int]]]:
    """Add up what a file tells, and count what it does not, by institution, programme and year."""
    told: Counter[tuple[str, str, int]] = Counter()
    hidden: Counter[tuple[str, str, int]] = Counter()
    for entry in enrolments(path):
        place = entry.institution[0], entry.programme, entry.year
        told[place] += entry.students or 0
        hidden[place] += entry.students is None
    return told, +hidden


@pytest.mark.parametrize("layout", [per_sex, per_year, portal])
def test_every_layout_gives_the_same_numbers(tmp_path: Path, layout: Lines) -> None:
    told, hidden = totals(written(tmp_path / "duo.csv", layout()))
    utrecht = UTRECHT[0]
    assert [told[utrecht, "66551", year] for year in (2018, 2019, 2020)] == [400, 390, 416]
    assert [told[utrecht, "56990", year] for year in (2018, 2019, 2020)] == [690, 705, 712]
    assert hidden == {(utrecht, "66551", 2018): 2, (utrecht, "66551", 2020): 1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_of_a_dutch_file_is_read(tmp_path: Path, encoding: str) -> None:
    lines = [line.replace("Biomedische", "Bioëthische") for line in per_sex()]
    assert totals(written(tmp_path / "d.csv", lines, encoding)) == totals(
        written(tmp_path / "e.csv", per_sex())
    )


def test_mixed_encodings_are_refused_with_the_line(tmp_path: Path) -> None:
    lines = [line.replace("Biomedische", "Bioëthische") for line in per_sex()]
    path = tmp_path / "duo.csv"
    path.write_bytes("\n".join(lines[:5]).encode() + b"\n" + "\n".join(lines[4:]).encode("cp1252"))
    with pytest.raises(WorkbookError, match="duo"):
        list(enrolments(path))


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda text: text.replace("OPLEIDINGSCODE", "CREBOCODE"), "er ontbreekt: OPLEIDINGSCODE ACTUEEL."),
        (lambda text: text.replace(" MAN", " M").replace(" VROUW", " V"), "er ontbreekt: 2019, 2019 MAN"),
        (lambda text: text.replace(";710;", ";710 ;7;"), ":2: deze rij heeft 20 kolommen, de kop 19."),
        (lambda text: text.replace(";710;", ";veel;"), ":2: 'veel' is geen aantal studenten."),
        (lambda text: text.replace(";710;", ";-3;"), ":2: '-3' is geen aantal studenten."),
        (lambda text: text.replace(";710;", ";;"), ":2: '' is geen aantal studenten."),
        (lambda text: text.replace(";710;", ";<10;"), ":2: '<10' is geen aantal studenten."),
        (
            lambda _: "regel;2019;2020\nGeneeskunde;1;2\n",
            "er ontbreekt: OPLEIDINGSCODE ACTUEEL, INSTELLINGSNAAM ACTUEEL",
        ),
        (lambda _: "", "er ontbreekt: OPLEIDINGSCODE ACTUEEL"),
    ],
)
def test_a_file_of_another_layout_is_refused_with_what_is_amiss(
    tmp_path: Path, damage: Callable[[str], str], fault: str
) -> None:
    path = tmp_path / "duo.csv"
    path.write_text(damage("\n".join(per_sex())), encoding="utf-8")
    with pytest.raises(StudentError) as caught:
        list(enrolments(path))
    assert fault in str(caught.value)


def test_a_row_whose_year_is_none_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "duo.csv", [portal()[0], portal()[1].replace("2018", "ooit", 1)])
    with pytest.raises(StudentError, match=r"duo.csv:2: 'ooit' is geen studiejaar"):
        list(enrolments(path))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(HokaError):
        list(enrolments(tmp_path / "nowhere.csv"))
