"""The plan file of a quality agenda, read: every fault at once, with the path to it."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import lcm
from pathlib import Path

from hoka_excel.agenda.plan_file.schema import AgendaFile, ProgrammeKeys, ProjectKeys, SourceKeys, ThemeKeys
from hoka_excel.begroting.plan_file.file_faults import FileFaults
from hoka_excel.begroting.plan_file.head import FileKind, kind_of
from hoka_excel.begroting.plan_file.shape import shaped
from hoka_excel.begroting.plan_file.toml import keys_in
from hoka_excel.begroting.words import kinds_by_word
from hoka_excel.core.agenda.faults import SHARE_KEYS, agenda_faults
from hoka_excel.core.agenda.projects import Agenda, AgendaRef, Axis, Member, Project, Reason, Shares, Source
from hoka_excel.core.errors import PlanError
from hoka_excel.core.figures import MISSING, Printed, parse_figures, value_of


def read_agenda_file(path: str | Path) -> Agenda:
    """Read the plan file of an agenda.

    Raises:
        PlanError: the file cannot be read, or the agenda has faults; all of them are listed.
    """
    path = Path(path)
    return agenda_of(keys_in(path), path.name)


def is_agenda_file(path: Path) -> bool:
    """Say whether a plan file holds an agenda rather than a begroting.

    Raises:
        PlanError: the file cannot be read, or is of a kind that there is not.
    """
    return kind_of(keys_in(path), path.name) is FileKind.AGENDA


def agenda_of(data: Mapping[str, object], source: str) -> Agenda:
    """Make an agenda of the keys of a plan file.

    Args:
        data: as tomllib reads them.
        source: what to call the file in faults.

    Raises:
        PlanError: the agenda has faults; all of them are listed.
    """
    faults = FileFaults(source)
    agenda = _Reader(shaped(AgendaFile, data, source), faults).agenda()
    if found := [*faults.found, *agenda_faults(agenda, faults.where)]:
        raise PlanError.of(found)
    return agenda


class _Reader:
    """Turns the keys of a file into an agenda; notes every text that does not fit."""

    def __init__(self, file: AgendaFile, faults: FileFaults) -> None:
        self.file = file
        self._note = faults.note
        self.members: Mapping[Axis, tuple[Member, ...]] = {
            Axis.OWN_THEMES: _themes(file.thema),
            Axis.SECTOR_THEMES: _themes(file.sectorthema),
            Axis.PROGRAMMES: _programmes(file.opleiding),
        }

    def agenda(self) -> Agenda:
        file = self.file
        return Agenda(
            **file.head._asdict(),
            years=tuple(file.jaren),
            sources=tuple(map(_source, file.financiering)),
            themes=self.members[Axis.OWN_THEMES],
            sector_themes=self.members[Axis.SECTOR_THEMES],
            programmes=self.members[Axis.PROGRAMMES],
            projects=tuple(self._project(index, keys) for index, keys in enumerate(file.project)),
            reasons=self._reasons(),
            notes=tuple(file.opmerkingen),
        )

    def _project(self, index: int, keys: ProjectKeys) -> Project:
        sources = [source.naam for source in self.file.financiering]
        self._known(keys.financiering, sources, "project", index, "financiering")
        nothing = [""] * len(self.file.jaren)
        return Project(
            number=keys.nummer,
            name=keys.naam,
            status=keys.bedragen,
            place=keys.plaats,
            aim=keys.kwaliteitsdoel,
            evidence=keys.onderbouwing,
            shares=tuple(
                self._shares(getattr(keys, key), self.members[axis], "project", index, key)
                for axis, key in SHARE_KEYS.items()
            ),
            costs=self._amounts(keys.kosten, "project", index, "kosten"),
            financing=tuple(
                self._amounts(
                    keys.financiering.get(source, nothing), "project", index, "financiering", source
                )
                for source in sources
            ),
        )

    def _shares(self, texts: Mapping[str, str], members: Sequence[Member], *subject: str | int) -> Shares:
        """Bring whole percentages and fractions to one whole."""
        self._known(texts, [member.key for member in members], *subject)
        read: dict[str, tuple[int, int]] = {}
        for key, text in texts.items():
            match = _SHARE.fullmatch(text.strip())
            if match is None:
                self._note("agenda.share", (*subject, key), text=text)
            else:
                read[key] = (int(match["part"]), int(match["whole"] or 100))
        whole = lcm(*(whole for _, whole in read.values())) if read else 100
        parts = tuple(
            part * (whole // of) for member in members for part, of in [read.get(member.key, (0, whole))]
        )
        return Shares(parts, whole)

    def _amounts(self, texts: Sequence[str], *subject: str | int) -> tuple[Decimal, ...]:
        amounts = []
        for place, (text, figure) in enumerate(zip(texts, parse_figures(texts), strict=True)):
            if not isinstance(figure, Printed) and figure is not MISSING:
                self._note("plan.not_a_figure", (*subject, place), text=text)
            amounts.append(value_of(figure) or Decimal(0))
        return tuple(amounts)

    def _reasons(self) -> tuple[Reason, ...]:
        reasons, kinds = [], kinds_by_word()
        for index, keys in enumerate(self.file.toelichting):
            self._known([keys.soort], list(kinds), "toelichting", index, "soort")
            if keys.soort in kinds:
                ref = AgendaRef(keys.tabel, keys.regel, keys.periode)
                reasons.append(Reason(kinds[keys.soort], ref, keys.tekst))
        return tuple(reasons)

    def _known(
        self, named: Sequence[str] | Mapping[str, object], known: Sequence[str], *subject: str | int
    ) -> None:
        for label in named:
            if label not in known:
                self._note("agenda.unknown_name", subject, label=label, known=", ".join(known))


_SHARE = re.compile(r"(?P<part>\d{1,9})\s*(?:%|/\s*(?P<whole>[1-9]\d{0,8}))?")


def _source(keys: SourceKeys) -> Source:
    years = (keys.eerste_jaar, keys.laatste_jaar)
    return Source(keys.naam, keys.omschrijving, keys.plaats, keys.getoetst, *years)


def _themes(themes: Sequence[ThemeKeys]) -> tuple[Member, ...]:
    return tuple(Member(keys.naam, keys.ondertitel, keys.plaats, keys.nummer) for keys in themes)


def _programmes(programmes: Sequence[ProgrammeKeys]) -> tuple[Member, ...]:
    return tuple(Member(keys.naam, keys.graad, keys.plaats) for keys in programmes)
