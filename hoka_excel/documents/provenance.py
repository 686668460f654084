"""Where a plan came from: the part `[herkomst]` that an imported plan file carries beside its figures.

Every figure has its page, table, row, column and line; its text as printed stands in the table itself. Every
match of labels has its score: one with `onzeker = true` asks a person to confirm it, by setting `thema` right
and `onzeker = false`. Every claim of the running text has its sentence and what it was held against.
"""

import tomlkit
from tomlkit.items import Table as Keys

from hoka_excel.begroting.plan_file.toml import list_of
from hoka_excel.begroting.plan_file.writing import plan_text
from hoka_excel.core.plan import Ref, Table
from hoka_excel.documents.fixed_amounts import FixedAmount
from hoka_excel.documents.importing import ImportedPlan
from hoka_excel.documents.plan_tables import Origin
from hoka_excel.documents.row_matches import RowMatch
from hoka_excel.documents.subjects import Subject, subjects_of


def imported_text(imported: ImportedPlan) -> str:
    """Write an imported plan as the text of a plan file, with its origin below the figures."""
    document = tomlkit.document()
    document.add("herkomst", _origin_keys(imported))
    return f"{plan_text(imported.plan)}\n{tomlkit.dumps(document)}"


def _origin_keys(imported: ImportedPlan) -> Keys:
    keys = tomlkit.table()
    keys["document"] = imported.document.name
    keys["tabel"] = list_of(_table_keys(imported, table) for table in imported.plan.tables)
    keys["koppeling"] = list_of(_match_keys(imported, match) for match in imported.matches)
    claims = [_subject_keys(subject) for subject in subjects_of(imported.plan, imported.claims)]
    claims += [_fixed_keys(fixed) for fixed in imported.fixed]
    if claims:
        keys["bewering"] = list_of(claims)
    return keys


def _table_keys(imported: ImportedPlan, table: Table) -> Keys:
    """Name the place of every figure of a table: by row its page, row and lines, and the columns once."""
    rows = {
        row.label: [imported.origins[Ref(table.name, row.label, year)] for year in imported.plan.years]
        for row in table.rows
    }
    first = next(iter(rows.values()))
    keys = tomlkit.table()
    keys["naam"] = table.name
    keys["nummer"] = first[0].table
    keys["kolommen"] = [origin.column for origin in first]
    keys["rijen"] = {label: _row_text(origins) for label, origins in rows.items()}
    return keys


def _row_text(origins: list[Origin]) -> str:
    """Write the place of a row; a row whose figures run on has a line for each of them."""
    spots = [origin.spot for origin in origins]
    if len(set(spots)) == 1:
        return f"bladzijde {spots[0].page}, rij {origins[0].row}, regel {spots[0].line}"
    lines = ", ".join(str(spot.line) for spot in spots)
    return f"bladzijde {spots[0].page}, rij {origins[0].row}, regels {lines}"


def _match_keys(imported: ImportedPlan, found: RowMatch) -> Keys:
    theme = imported.plan.themes[found.match.target]
    keys = tomlkit.table()
    keys["tabel"] = found.table
    keys["regel"] = found.match.label
    keys["thema"] = theme.number
    keys["score"] = found.match.score
    if found.agreeing is not None:
        keys["gelijke_jaren"] = found.agreeing
    keys["onzeker"] = found.match.is_doubtful
    return keys


def _subject_keys(subject: Subject) -> Keys:
    keys = tomlkit.table()
    sentence = subject.claim.sentence
    keys["zin"] = sentence.text
    keys["plaats"] = f"bladzijde {sentence.spot.page}, regel {sentence.spot.line}"
    if subject.table is not None and subject.match is not None:
        keys["tabel"] = subject.table.name
        keys["regel"] = subject.match.label
        keys["score"] = subject.match.score
    keys["onzeker"] = subject.is_doubtful
    return keys


def _fixed_keys(fixed: FixedAmount) -> Keys:
    keys = tomlkit.table()
    sentence = fixed.claim.sentence
    keys["zin"] = sentence.text
    keys["plaats"] = f"bladzijde {sentence.spot.page}, regel {sentence.spot.line}"
    trials = tomlkit.array()
    trials.extend(trial.message.render() for trial in fixed.own_trials)
    keys["lezingen"] = trials.multiline(multiline=True)
    keys["onzeker"] = len(fixed.readings) != 1
    return keys
