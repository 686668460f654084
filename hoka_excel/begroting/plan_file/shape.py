"""How the keys of a file are held against a shape, and how a misfit is told.

>>> path_text(("thema", 0, "tabel", "regels", "GNK/SUMMA", 2))
'thema[1].tabel.regels."GNK/SUMMA"[3]'
"""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hoka_excel.begroting.plan_file.keys import FileKeys
from hoka_excel.core.errors import PlanError
from hoka_excel.core.faults.subjects import Subject
from hoka_excel.core.messages import Message

_DIVISIONS = ("sleutel", "sluitpost", "gegeven")
_WANTED = {
    "string_type": Message("plan.wanted_text"),
    "int_type": Message("plan.wanted_number"),
    "int_parsing_size": Message("plan.wanted_number"),
    "decimal_type": Message("plan.wanted_number"),
    "list_type": Message("plan.wanted_list"),
    "dict_type": Message("plan.wanted_table"),
    "model_type": Message("plan.wanted_table"),
    "model_attributes_type": Message("plan.wanted_table"),
    "date_type": Message("plan.wanted_day"),
    "bool_type": Message("plan.wanted_truth"),
    "union_tag_invalid": Message("plan.wanted_choice", {"choices": ", ".join(_DIVISIONS)}),
    "union_tag_not_found": Message("plan.wanted_choice", {"choices": ", ".join(_DIVISIONS)}),
    "too_short": Message("plan.wanted_one_total"),
    "too_long": Message("plan.wanted_one_total"),
}

Shape = TypeVar("Shape", bound=FileKeys)


def shaped(shape: type[Shape], data: Mapping[str, object], source: str) -> Shape:
    """Hold the keys of a file against a shape.

    Raises:
        PlanError: every key that is missing, unknown or of another type.
    """
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise PlanError.of([_fault(detail, source) for detail in error.errors()]) from error


def _fault(detail: ErrorDetails, source: str) -> Message:
    subject = list(detail["loc"])
    if "verdeling" in subject and (tag := subject.index("verdeling") + 1) < len(subject):
        del subject[tag]
    where = f"{source}, {path_text(tuple(subject))}"
    match detail["type"]:
        case "missing":
            return Message("plan.missing_key", {"where": where})
        case "extra_forbidden":
            return Message("plan.unknown_key", {"where": where})
        case "enum" | "literal_error":
            expected = str(detail.get("ctx", {}).get("expected", ""))
            choices = expected.replace(" or ", ", ")
            wanted = Message("plan.wanted_choice", {"choices": choices})
        case other:
            wanted = _WANTED[other]
    return Message("plan.wrong_type", {"where": where, "text": detail["input"], "wanted": wanted})


def path_text(subject: Subject) -> str:
    """Write a path the way TOML writes one; positions in a list count from 1."""
    text = ""
    for step in subject:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        else:
            text += ("." if text else "") + (step if step.isidentifier() else f'"{step}"')
    return text
