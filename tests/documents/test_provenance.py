"""What an imported plan file carries beside its figures, and the skeleton of a document without amounts."""

import tomllib
from pathlib import Path

import pytest

from hoka_excel.documents.errors import DocumentError
from hoka_excel.documents.importing import import_plan
from hoka_excel.documents.provenance import imported_text
from hoka_excel.documents.reading import read_document
from hoka_excel.documents.skeleton import Skeleton, skeleton_of, skeleton_text
from hoka_excel.documents.text_file import read_text
from tests.documents.made_documents import AGENDA_TEXT, PLAN_TEXT, needs_seeds

pytestmark = needs_seeds


def keys_of(path: Path = PLAN_TEXT, change: tuple[str, str] = ("", "")) -> dict[str, list[dict[str, object]]]:
    text = path.read_text(encoding="utf-8").replace(*change)
    found: dict[str, list[dict[str, object]]] = tomllib.loads(
        imported_text(import_plan(read_text(text, path.name)))
    )["herkomst"]
    return found


def test_every_row_of_every_table_has_its_place() -> None:
    tables = {str(table["naam"]): table for table in keys_of()["tabel"]}
    second = tables["Thema 2"]

    assert len(tables) == 5
    assert second["kolommen"] == [2, 3, 4, 5, 6, 7]
    assert second["rijen"] == {
        "Tijd voor docenten voor professionalisering": "bladzijde 1, rij 2, regel 395",
        "Didactische leergangen": "bladzijde 1, rij 3, regel 400",
        "Intercollegiale uitwisseling": "bladzijde 1, rij 4, regels 405, 405, 405, 405, 405, 408",
        "Totaal EUR": "bladzijde 1, rij 5, regel 410",
    }


def test_every_match_shows_its_score() -> None:
    matches = keys_of()["koppeling"]

    assert len(matches) == 6
    assert matches[1] == {
        "tabel": "Integraal EUR",
        "regel": "Prof. Docenten",
        "thema": 2,
        "score": 95,
        "gelijke_jaren": 5,
        "onzeker": False,
    }


def test_a_match_below_the_threshold_asks_for_confirmation() -> None:
    doubtful = [
        match for match in keys_of(change=("Prof. Docenten", "Overig"))["koppeling"] if match["onzeker"]
    ]

    assert [match["regel"] for match in doubtful] == ["Overig", "Overig"]


def test_a_doubtful_match_is_noted_in_the_plan_too() -> None:
    text = PLAN_TEXT.read_text(encoding="utf-8").replace("Prof. Docenten", "Overig")
    notes = import_plan(read_text(text, "plan.txt")).plan.notes

    assert any(
        "'Overig' van Integraal EUR is aangezien voor Docentprofessionalisering" in note for note in notes
    )


def test_every_claim_of_the_text_has_its_sentence_and_what_came_of_it() -> None:
    size, fixed = keys_of()["bewering"]

    assert (size["plaats"], size["regel"], size["score"]) == (
        "bladzijde 1, regel 364",
        "Dedicated coaches/psychologen",
        81,
    )
    assert isinstance(fixed["lezingen"], list)
    assert len(fixed["lezingen"]) == 3


@pytest.fixture(scope="module")
def skeleton() -> Skeleton:
    return skeleton_of(read_document(AGENDA_TEXT))


def test_a_document_without_amounts_is_no_plan_and_says_so() -> None:
    with pytest.raises(DocumentError, match="geen begroting van thema's"):
        import_plan(read_document(AGENDA_TEXT))


def test_the_agenda_gives_its_five_own_themes(skeleton: Skeleton) -> None:
    assert [theme.name for theme in skeleton.themes] == [
        "Onderwijs: modern, evidence-based, uitdagend en stimulerend",
        "Profiel Erasmus MC",
        "Proactief en flexibel",
        "Integriteit en professionaliteit",
        "Onderwijsfaciliteiten",
    ]
    assert skeleton.themes[0].detail == "Facultaire onderwijsvisie als fundament"


def test_the_agenda_gives_every_programme_with_its_degree(skeleton: Skeleton) -> None:
    assert [(entry.name, entry.detail) for entry in skeleton.programmes] == [
        ("Geneeskunde", "bachelor"),
        ("Geneeskunde", "master"),
        ("Klinische Technologie", "bachelor"),
        ("Technical Medicine", "master"),
        ("Nanobiology", "bachelor"),
        ("Nanobiology", "master"),
        ("Health Sciences", "research master"),
        ("Clinical Research", "research master"),
        ("Infection and Immunity", "research master"),
        ("Neuroscience", "research master"),
        ("Molecular Medicine", "research master"),
    ]


def test_the_agenda_gives_the_six_sector_themes(skeleton: Skeleton) -> None:
    assert [theme.name for theme in skeleton.sector_themes] == [
        "intensiever en kleinschalig onderwijs",
        "meer en betere begeleiding van studenten",
        "studiesucces",
        "onderwijsdifferentiatie",
        "passende en goede onderwijsfaciliteiten",
        "verdere professionalisering van docenten",
    ]


def test_a_count_that_does_not_come_out_is_told() -> None:
    text = AGENDA_TEXT.read_text(encoding="utf-8").replace(
        "in vijf onderscheidende", "in zes onderscheidende"
    )

    assert "spreekt van 6 thema's; er zijn er 5 gevonden" in skeleton_text(
        skeleton_of(read_text(text, "x.txt"))
    )


def test_the_skeleton_is_toml_without_any_amount(skeleton: Skeleton) -> None:
    text = skeleton_text(skeleton)
    keys = tomllib.loads(text)

    assert keys["toestand"] == "geraamte"
    assert [len(keys[name]) for name in ("thema", "opleiding", "sectorthema")] == [5, 11, 6]
    assert "noemt geen bedragen" in text
    assert "€" not in text
