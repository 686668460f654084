"""What is wrong with the students that a theme is divided by."""

from collections.abc import Iterator

from hoka_excel.core.faults.subjects import Fault, repeated
from hoka_excel.core.plan import AllocationKey, Plan, Theme
from hoka_excel.core.students import StudentCounts


def student_faults(plan: Plan) -> Iterator[Fault]:
    """List what is wrong with the counted students of a plan."""
    for index, theme in enumerate(plan.themes):
        for part, code, values in _students(plan, theme):
            yield ("thema", index, "verdeling", "studenten", *part), code, values


def _students(plan: Plan, theme: Theme) -> Iterator[Fault]:
    """List what is amiss in the counts of a theme, each with the path from the counts on."""
    if not isinstance(theme.division, AllocationKey) or theme.division.students is None:
        return
    students, labels = theme.division.students, [line.label for line in theme.table.lines]
    if len(students.reference_days) not in {1, len(plan.years)}:
        yield (
            ("peildatum",),
            "plan.reference_days",
            {
                "found": len(students.reference_days),
                "wanted": len(plan.years),
            },
        )
    for code in repeated(programme.code for programme in students.programmes):
        yield ("opleidingen", code), "plan.repeated_programme", {"code": code}
    named = [("opleidingen", entry.code, entry.line) for entry in students.programmes]
    for part, name, line in [*named, *(("aantallen", entry.line, entry.line) for entry in students.lines)]:
        if line not in labels:
            yield (part, name), "plan.unknown_line", {"line": line, "known": ", ".join(labels)}
    if students.lines:
        yield from _counts(plan, students, labels)


def _counts(plan: Plan, students: StudentCounts, labels: list[str]) -> Iterator[Fault]:
    for label in labels:
        counts = students.of(label)
        if not counts:
            yield ("aantallen",), "plan.line_without_students", {"line": label}
        elif len(counts) != len(plan.years):
            yield ("aantallen", label), "plan.row_length", {"found": len(counts), "wanted": len(plan.years)}
        for year, count in zip(plan.years, counts, strict=False):
            if count is None:
                yield ("aantallen", label), "plan.students_missing", {"line": label, "year": year}
            elif count < 0:
                yield ("aantallen", label), "plan.students_negative", {"year": year, "count": count}
    for position, year in enumerate(plan.years):
        column = [entry.counts[position] for entry in students.lines if position < len(entry.counts)]
        if column and all(count == 0 for count in column):
            yield ("aantallen",), "plan.students_zero", {"year": year}
