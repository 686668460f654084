"""In a plan file: by how much the grant was indexed, and what was added to it or taken from it."""

from datetime import date
from typing import TYPE_CHECKING

from hoka_excel.begroting.plan_file.figure_texts import clear_text, euro_text
from hoka_excel.begroting.plan_file.figures import ReadNumber, percent_in
from hoka_excel.begroting.plan_file.keys import FigureText, FileKeys
from hoka_excel.begroting.plan_file.toml import keys_of
from hoka_excel.core.grant import GrantChanges, Indexation, Revision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomlkit.items import Table as Keys


class IndexationKeys(FileKeys):
    """By how much wages and prices rose from a year on, and the part of it that is passed on, in percent."""

    jaar: int
    procent: FigureText
    doorgifte: FigureText = "100"


class RevisionKeys(FileKeys):
    """An amount in EUR that was added to a year after the grant, or taken from it."""

    datum: date
    reden: str
    jaar: int
    bedrag: FigureText


def changes_of(
    level: int | None,
    indexations: "Sequence[IndexationKeys]",
    revisions: "Sequence[RevisionKeys]",
    number: ReadNumber,
) -> GrantChanges:
    """Read what became of the grant, given its price level."""
    return GrantChanges(
        level,
        tuple(
            Indexation(
                keys.jaar,
                percent_in(keys.procent, number, "indexatie", index, "procent"),
                percent_in(keys.doorgifte, number, "indexatie", index, "doorgifte"),
            )
            for index, keys in enumerate(indexations)
        ),
        tuple(
            Revision(
                keys.datum, keys.reden, keys.jaar, number(keys.bedrag, "bijstelling", index, "bedrag").value
            )
            for index, keys in enumerate(revisions)
        ),
    )


def indexation_keys(indexation: Indexation) -> "Keys":
    """Write an indexation."""
    return keys_of(
        {
            "jaar": indexation.year,
            "procent": clear_text(indexation.percent),
            "doorgifte": clear_text(indexation.passed_on),
        }
    )


def revision_keys(revision: Revision) -> "Keys":
    """Write a revision."""
    return keys_of(
        {
            "datum": revision.day,
            "reden": revision.reason,
            "jaar": revision.year,
            "bedrag": euro_text(revision.amount),
        }
    )
