"""The catalogue of messages."""

import re
import string
from pathlib import Path

from hoka_excel.core.messages import Message, catalogue

PACKAGE = Path(__file__).parents[2] / "hoka_excel"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_message_has_a_dutch_and_an_english_text_with_the_same_fields() -> None:
    assert [
        code
        for code, texts in catalogue().items()
        if set(texts) != {"nl", "en"} or fields(texts["nl"]) != fields(texts["en"])
    ] == []


def test_no_text_of_the_catalogue_is_unused() -> None:
    sources = [
        path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".jinja", ".html", ".xml", ".js"}
    ]
    source = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    written = set(re.findall(r"""["']((?:[a-z_]+\.)+[a-z_0-9]+)["']""", source))
    composed = tuple(re.findall(r'f"((?:[a-z_]+\.)+(?:[a-z_]*))\{', source))
    assert [code for code in catalogue() if code not in written and not code.startswith(composed)] == []


def test_a_message_in_a_message_is_written_in_the_same_language() -> None:
    outer = Message("cli.fault", {"fault": Message("status.exact")})
    assert outer.render("nl") == "Fout: sluit aan"
    assert outer.render("en") == "Error: ties"
