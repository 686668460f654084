"""The types of the keys in a file that a controller writes: figures as text, no key unknown."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from hoka_excel.core.messages import number_text


def _figure_text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise PydanticCustomError("decimal_type", "a number")
    return value if isinstance(value, str) else number_text(Decimal(value)).replace(".", "")


FigureText = Annotated[str, BeforeValidator(_figure_text)]
Row = list[FigureText]


class FileKeys(BaseModel):
    """Keys of a file that a controller writes: none unknown, none of another type."""

    model_config = ConfigDict(extra="forbid", strict=True)
