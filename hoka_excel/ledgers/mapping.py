"""The rules of a plan file for its ledgers, and what it tells of the layout of an export.

```toml
[[grootboek]]
kostenplaats = "71200-71299"
rekening = "40*"
tabel = "Thema 2"
regel = "Didactische leergangen"

[[grootboek]]               # balansrekeningen horen niet bij het plan
rekening = "0000-2999"

[grootboekexport]           # alleen als hoka de kolommen niet zelf vindt
bedrag = "Saldo boeking"
decimaalteken = ","
```
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hoka_excel.begroting.plan_file.file_faults import FileFaults
from hoka_excel.begroting.plan_file.ledgers import DecimalSign, ExportKeys, LedgerRuleKeys
from hoka_excel.begroting.plan_file.schema import validated
from hoka_excel.begroting.plan_file.toml import keys_in_text, text_in
from hoka_excel.core.bookings.code_patterns import ANY, Pattern, pattern_of
from hoka_excel.core.bookings.ledger import LedgerRule, PlanLine
from hoka_excel.core.errors import HokaError, LedgerError
from hoka_excel.core.figure_readings import DecimalMark
from hoka_excel.core.plan import Plan
from hoka_excel.ledgers.columns import Field

_MARKS: Mapping[DecimalSign | None, DecimalMark] = {DecimalSign.COMMA: ",", DecimalSign.POINT: "."}
_CODES = (Field.COST_CENTRE, Field.PROJECT, Field.ACCOUNT)


@dataclass(frozen=True, slots=True)
class LedgerMapping:
    """What a plan file says of ledgers.

    Attributes:
        rules: in the order of the file.
        headings: the headings of columns in an export.
        mark: the sign before the decimals in an export; None when the export tells.
    """

    rules: tuple[LedgerRule, ...]
    headings: Mapping[Field, str]
    mark: DecimalMark | None = None

    @property
    def needed(self) -> tuple[Field, ...]:
        """The codes that the rules look at."""
        asked = {
            field
            for rule in self.rules
            for field, pattern in zip(_CODES, (rule.cost_centre, rule.project, rule.account), strict=True)
            if pattern != ANY
        }
        return tuple(field for field in _CODES if field in asked)


def mapping_of(path: Path, plan: Plan) -> LedgerMapping:
    """Read the rules of a plan file, for lines of `plan`.

    Raises:
        PlanError: the file cannot be read or is no plan file; every fault is listed.
        LedgerError: there are no rules, or some cannot be applied; every fault is listed.
    """
    return mapping_in(text_in(path), plan, path.name)


def mapping_in(text: str, plan: Plan, source: str) -> LedgerMapping:
    """Read the rules in the text of a plan file.

    Args:
        text: of the plan file.
        plan: whose lines the rules must name; that of the file itself, or of a begroting made from it.
        source: what to call the file in faults.

    Raises:
        PlanError: the file is no plan file; every fault is listed.
        LedgerError: there are no rules, or some cannot be applied; every fault is listed.
    """
    file = validated(keys_in_text(text, source), source)
    if not file.grootboek:
        raise LedgerError("ledger.no_rules", where=source)
    faults = FileFaults(source)
    reader = _Reader(plan, faults)
    rules = tuple(reader.rule(index, keys) for index, keys in enumerate(file.grootboek))
    if faults.found:
        raise LedgerError.of(faults.found)
    export = file.grootboekexport or ExportKeys()
    told = {field: getattr(export, field) for field in Field}
    headings = {field: heading for field, heading in told.items() if heading is not None}
    return LedgerMapping(rules, headings, _MARKS.get(export.decimaalteken))


class _Reader:
    """Turns the keys of rules into rules; notes what is wrong with them."""

    def __init__(self, plan: Plan, faults: FileFaults) -> None:
        self._lines = {theme.table.name: [line.label for line in theme.table.lines] for theme in plan.themes}
        self._faults = faults

    def rule(self, index: int, keys: LedgerRuleKeys) -> LedgerRule:
        codes = keys.kostenplaats, keys.project, keys.rekening
        patterns = [self._pattern(text, index, field) for text, field in zip(codes, _CODES, strict=True)]
        return LedgerRule(self._line(index, keys.tabel, keys.regel), *patterns)

    def _pattern(self, text: str, index: int, field: Field) -> Pattern:
        try:
            return pattern_of(text)
        except HokaError as error:
            for fault in error.faults:
                self._note("plan.fault_at", index, field, fault=fault)
            return ANY

    def _line(self, index: int, table: str, line: str) -> PlanLine | None:
        if not table and not line:
            return None
        if table not in self._lines:
            self._note("ledger.unknown_table", index, "tabel", table=table, known=", ".join(self._lines))
        elif line not in self._lines[table]:
            self._note("plan.unknown_line", index, "regel", line=line, known=", ".join(self._lines[table]))
        return PlanLine(table, line)

    def _note(self, code: str, index: int, key: str, **values: object) -> None:
        self._faults.note(code, ("grootboek", index, key), **values)
