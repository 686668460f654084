"""An agenda as the text of a plan file."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from hoka_excel.begroting.plan_file.figure_texts import euro_text
from hoka_excel.begroting.plan_file.head import SCHEMA, FileKind, head_keys
from hoka_excel.begroting.plan_file.toml import file_text, keys_of, list_of, texts_of
from hoka_excel.begroting.words import kind_word
from hoka_excel.core.agenda.faults import SHARE_KEYS
from hoka_excel.core.agenda.projects import Agenda, Member, Project, Reason, Shares, Source
from hoka_excel.core.head import head_of

if TYPE_CHECKING:
    from tomlkit.items import InlineTable
    from tomlkit.items import Table as Keys


def agenda_text(agenda: Agenda) -> str:
    """Write an agenda as the text of a plan file; sources that pay nothing are left out of a project."""
    parts: dict[str, object] = {
        "schema": SCHEMA,
        "soort": FileKind.AGENDA.value,
        **head_keys(head_of(agenda)),
        "jaren": list(agenda.years),
    }
    if agenda.notes:
        parts["opmerkingen"] = texts_of(agenda.notes)
    parts["financiering"] = list_of(map(_source_keys, agenda.sources))
    for key, members, detail in (
        ("thema", agenda.themes, "ondertitel"),
        ("sectorthema", agenda.sector_themes, "ondertitel"),
        ("opleiding", agenda.programmes, "graad"),
    ):
        parts[key] = list_of(_member_keys(member, detail) for member in members)
    parts["project"] = list_of(_project_keys(project, agenda) for project in agenda.projects)
    if agenda.reasons:
        parts["toelichting"] = list_of(map(_reason_keys, agenda.reasons))
    return file_text(parts)


def _source_keys(source: Source) -> "Keys":
    keys = _given({"naam": source.name, "omschrijving": source.description, "plaats": source.place})
    keys["getoetst"] = source.is_tested
    for key, year in (("eerste_jaar", source.first), ("laatste_jaar", source.last)):
        if year is not None:
            keys[key] = year
    return keys


def _member_keys(member: Member, detail: str) -> "Keys":
    number = {} if member.number is None else {"nummer": member.number}
    return _given({**number, "naam": member.name, detail: member.detail, "plaats": member.place})


def _project_keys(project: Project, agenda: Agenda) -> "Keys":
    keys = _given(
        {
            "nummer": project.number,
            "naam": project.name,
            "bedragen": project.status.value,
            "plaats": project.place,
            "kwaliteitsdoel": project.aim,
            "onderbouwing": project.evidence,
        }
    )
    for axis, key in SHARE_KEYS.items():
        shares = project.shares_of(axis)
        if shares.is_given:
            keys[key] = _share_keys(shares, agenda.members(axis))
    keys["kosten"] = [euro_text(amount) for amount in project.costs]
    keys["financiering"] = {
        source.name: [euro_text(amount) for amount in amounts]
        for source, amounts in zip(agenda.sources, project.financing, strict=True)
        if any(amounts)
    }
    return keys


def _share_keys(shares: Shares, members: Sequence[Member]) -> "InlineTable":
    import tomlkit  # noqa: PLC0415 - only what writes a plan file needs it

    keys = tomlkit.inline_table()
    for member, part in zip(members, shares.parts, strict=True):
        if part:
            keys[member.key] = part if shares.whole == 100 else f"{part}/{shares.whole}"
    return keys


def _reason_keys(reason: Reason) -> "Keys":
    ref = reason.ref
    word = kind_word(reason.kind)
    return _given(
        {"soort": word, "tabel": ref.table, "regel": ref.line, "periode": ref.period, "tekst": reason.text}
    )


def _given(values: Mapping[str, object]) -> "Keys":
    """Gather keys; texts that are empty are left out."""
    return keys_of({key: value for key, value in values.items() if value != ""})
