"""Labels that vary from table to table."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoka_excel.documents.matching import LEAST_SCORE, best_match, likeness, match_labels

THEMES = ["Kleinschalig onderwijs", "Docentprofessionalisering", "Begeleiding studenten"]


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("begeleiding stud", "Begeleiding studenten"),
        ("Prof. Docenten", "Docentprofessionalisering"),
        ("Professionalisering docenten", "Docentprofessionalisering"),
        ("persoonlijk leiderschap", "personal leadership"),
        ("Toegewijde coaches/psychologen", "Dedicated coaches/psychologen"),
    ],
)
def test_labels_for_the_same_thing_score_above_the_threshold(label: str, other: str) -> None:
    assert likeness(label, other) >= LEAST_SCORE


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Begeleiding studenten", "Kleinschalig onderwijs"),
        ("Toegewijde coaches/psychologen", "Workshops veerkracht"),
        ("persoonlijk leiderschap", "Meer en persoonlijkere begeleiding van studenten"),
    ],
)
def test_labels_for_different_things_score_below_it(label: str, other: str) -> None:
    assert likeness(label, other) < LEAST_SCORE


def test_each_target_is_given_once() -> None:
    found = match_labels(["Begeleiding", "Begeleiding studenten", "Onderwijs"], THEMES)

    assert sorted(match.target for match in found) == [0, 1, 2]


def test_a_match_below_the_threshold_is_doubtful() -> None:
    match = best_match("Bibliotheek", THEMES)

    assert match is not None
    assert match.is_doubtful


def test_a_match_with_a_near_rival_is_doubtful() -> None:
    match = best_match("Begeleiding", ["Begeleiding studenten", "Begeleiding docenten"])

    assert match is not None
    assert match.is_doubtful


def test_nothing_to_choose_from_gives_no_match() -> None:
    assert best_match("Begeleiding", []) is None


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_lies_between_0_and_100_and_is_mutual(label: str, other: str) -> None:
    assert 0 <= likeness(label, other) <= 100
    assert likeness(label, other) == likeness(other, label)
