"""An agenda as the text of a plan file."""

from collections.abc import Sequence
from decimal import Decimal

import tomlkit
from tomlkit.items import AoT, InlineTable
from tomlkit.items import Table as Keys

from hoka_excel.begroting.plan_schema import AGENDA, SCHEMA
from hoka_excel.core.agenda.agenda_faults import SHARE_KEYS
from hoka_excel.core.agenda.projects import Agenda, Member, Project, Reason, Shares, Source
from hoka_excel.core.messages import Message, number_text


def agenda_text(agenda: Agenda) -> str:
    """Write an agenda as the text of a plan file; sources that pay nothing are left out of a project."""
    document = tomlkit.document()
    for key, value in _head(agenda).items():
        document.add(key, tomlkit.item(value))
    document.add("financiering", _list_of([_source_keys(source) for source in agenda.sources]))
    for key, members, detail in (
        ("thema", agenda.themes, "ondertitel"),
        ("sectorthema", agenda.sector_themes, "ondertitel"),
        ("opleiding", agenda.programmes, "graad"),
    ):
        document.add(key, _list_of([_member_keys(member, detail) for member in members]))
    document.add("project", _list_of([_project_keys(project, agenda) for project in agenda.projects]))
    if agenda.reasons:
        document.add("toelichting", _list_of([_reason_keys(reason) for reason in agenda.reasons]))
    return tomlkit.dumps(document)


def _head(agenda: Agenda) -> dict[str, object]:
    head: dict[str, object] = {
        "schema": SCHEMA,
        "soort": AGENDA,
        "titel": agenda.title,
        "instelling": agenda.institution,
        "faculteit": agenda.faculty,
        "versie": agenda.version,
        "datum": agenda.day,
        "bron": agenda.source,
        "jaren": list(agenda.years),
    }
    if agenda.notes:
        notes = tomlkit.array()
        notes.extend(agenda.notes)
        head["opmerkingen"] = notes.multiline(multiline=True)
    return head


def _source_keys(source: Source) -> Keys:
    keys = _keys({"naam": source.name, "omschrijving": source.description, "plaats": source.place})
    keys["getoetst"] = source.is_tested
    for key, year in (("eerste_jaar", source.first), ("laatste_jaar", source.last)):
        if year is not None:
            keys[key] = year
    return keys


def _member_keys(member: Member, detail: str) -> Keys:
    number = {} if member.number is None else {"nummer": member.number}
    return _keys({**number, "naam": member.name, detail: member.detail, "plaats": member.place})


def _project_keys(project: Project, agenda: Agenda) -> Keys:
    keys = _keys({"nummer": project.number, "naam": project.name, "bedragen": project.status.value})
    keys.update(
        _keys(
            {
                "plaats": project.place,
                "kwaliteitsdoel": project.aim,
                "onderbouwing": project.evidence,
            }
        )
    )
    for axis, key in SHARE_KEYS.items():
        shares = project.shares_of(axis)
        if shares.is_given:
            keys[key] = _share_keys(shares, agenda.members(axis))
    keys["kosten"] = [_amount_text(amount) for amount in project.costs]
    keys["financiering"] = {
        source.name: [_amount_text(amount) for amount in amounts]
        for source, amounts in zip(agenda.sources, project.financing, strict=True)
        if any(amounts)
    }
    return keys


def _share_keys(shares: Shares, members: Sequence[Member]) -> InlineTable:
    keys = tomlkit.inline_table()
    for member, part in zip(members, shares.parts, strict=True):
        if part:
            keys[member.key] = part if shares.whole == 100 else f"{part}/{shares.whole}"
    return keys


def _reason_keys(reason: Reason) -> Keys:
    ref = reason.ref
    word = Message(f"kind.{reason.kind}").render()
    return _keys(
        {"soort": word, "tabel": ref.table, "regel": ref.line, "periode": ref.period, "tekst": reason.text}
    )


def _keys(values: dict[str, object]) -> Keys:
    """Gather keys; texts that are empty are left out."""
    keys = tomlkit.table()
    keys.update({key: value for key, value in values.items() if value != ""})
    return keys


def _list_of(entries: Sequence[Keys]) -> AoT:
    many = tomlkit.aot()
    for entry in entries:
        many.append(entry)
    return many


def _amount_text(amount: Decimal) -> str:
    return f"€ {number_text(amount)}"
