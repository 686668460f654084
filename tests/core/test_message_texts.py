"""What a reader sees: every message of the catalogue with an example of its values, in both languages.

The sentences in `message_texts/` were read and found good; whoever changes a text reads its example again.
That the program really says them is judged at the end of a whole run (`tests/triggered_messages.py`).
"""

import re
import string
from collections.abc import Iterator
from decimal import Decimal

import pytest

from hoka_excel.core.messages import Language, Message, catalogue, number_text
from tests.core.message_examples import Example, examples

LANGUAGES: tuple[Language, ...] = ("nl", "en")
MOST_CHARACTERS = 400
MOST_IN_A_SENTENCE = 250
"""What stands between two full stops, of which cells and file names take their part."""

ONE_WORD: dict[Language, dict[str, str]] = {
    "nl": {
        "werkmap|spreadsheet|rekenblad": "werkboek",
        "tabblad": "blad",
        "folder|directory": "map",
        "budget": "begroting",
        "allocatie": "verdeling, verdeelsleutel",
        "reconcili": "aansluiting",
        "onverwacht": "onvoorzien",
        "afgedrukte? (totaal|tarief|bedrag)": "gedrukt",
        "fte-tarief": "tarief per fte",
        "balanspost|restpost": "sluitpost",
        "voorafneming": "voorafname",
        "referentiedatum": "peildatum",
        "uitleg": "toelichting",
    },
    "en": {
        "spreadsheet": "workbook",
        "directory": "folder",
        "unexpected": "unforeseen",
        "save (it|them|the file|the document) anew": "again",
        "fill in (a|D) ": "enter",
        "total line": "total row",
        "cut-off date": "reference date",
    },
}
"""What a text avoids, with the word that it uses for the concept instead."""


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def inside(message: Message) -> Iterator[Message]:
    """Give a message and those among its values."""
    yield message
    for value in message.values.values():
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Message):
                yield from inside(part)


def figures(message: Message) -> Iterator[Decimal]:
    return (value for one in inside(message) for value in one.values.values() if isinstance(value, Decimal))


def test_every_message_has_one_example() -> None:
    assert set(examples()) == set(catalogue())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_reads_as_it_was_found_good(language: Language) -> None:
    rendered = {code: example.message.render(language) for code, example in examples().items()}
    reviewed = {code: example.sentences[language] for code, example in examples().items()}
    assert rendered == reviewed


def test_an_example_fills_the_fields_of_its_text_and_no_others() -> None:
    assert [
        (code, message.code)
        for code, example in examples().items()
        for message in inside(example.message)
        if set(message.values) != fields(catalogue()[message.code]["nl"])
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_is_written_as_its_language_writes_it(language: Language) -> None:
    assert [
        (code, figure)
        for code, example in examples().items()
        for figure in figures(example.message)
        if number_text(figure, language) not in example.sentences[language]
    ] == []


def is_telling(example: Example) -> bool:
    """Tell whether a text is more than a label: a sentence ends inside it."""
    return re.search(r"\w[.?!] [A-Z]", example.sentences["nl"]) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_of_sentences_ends_as_one_or_with_a_command_to_copy(language: Language) -> None:
    assert [
        example.sentences[language]
        for example in examples().values()
        if is_telling(example) and not re.search(r"[.?!:]$|: pip install \S+$", example.sentences[language])
    ] == []


def ending(sentence: str) -> str:
    return sentence[-1] if sentence[-1] in ".:?!…" else ""


def test_both_languages_end_alike() -> None:
    assert [
        code
        for code, example in examples().items()
        if len({ending(example.sentences[language]) for language in LANGUAGES}) > 1
    ] == []


def by_itself(example: Example, language: Language) -> str:
    """Leave out of a text the messages that it holds, which are judged as examples of their own."""
    text = example.sentences[language]
    for part in inside(example.message):
        if part is not example.message:
            text = text.replace(part.render(language), "…")
    return text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_too_long_to_read_at_once(language: Language) -> None:
    texts = [by_itself(example, language) for example in examples().values()]
    sentences = [sentence for text in texts for sentence in re.split(r"(?<=[.?!]) ", text)]
    assert [text for text in texts if len(text) > MOST_CHARACTERS] == []
    assert [sentence for sentence in sentences if len(sentence) > MOST_IN_A_SENTENCE] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_concept_has_one_word(language: Language) -> None:
    words = {code: re.sub(r"\{\w+", "", texts[language]) for code, texts in catalogue().items()}
    assert [
        (code, text, f"write: {instead}")
        for avoided, instead in ONE_WORD[language].items()
        for code, text in words.items()
        if re.search(rf"\b({avoided})", text, re.IGNORECASE)
    ] == []
