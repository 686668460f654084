"""Which texts of the catalogue the tests make the program say; a whole run must make it say every example.

Each code has an example in `tests/core/message_texts`: a sentence in both languages. In a whole run some test
must make the program say exactly that, so that the examples are what a reader really sees.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from hoka_excel.core.messages import Message, catalogue
from tests.core.message_examples import Example, examples, without_folders
from tests.office import REQUIRED

_HANDED_OVER = "triggered_messages"


class TriggeredMessages:
    """The part of a test run that notes the codes in every process and judges them at the end.

    Attributes:
        codes: what was said so far, in whatever words.
        exemplified: what was said in the words of its example.
        is_binding: whether a code that nothing triggered, or not in those words, fails the run.
    """

    def __init__(self, *, is_binding: bool) -> None:
        self.codes: set[str] = set()
        self.exemplified: set[str] = set()
        self.is_binding = is_binding
        self._examples: Mapping[str, Example] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Iterator[None]:
        """Note what one test makes the program say."""
        with self._noted():
            return (yield)

    @contextmanager
    def _noted(self) -> Iterator[None]:
        make = Message.__init__
        self._examples = examples() if REQUIRED else {}

        def noted(message: Message, code: str, *values: object, **named: object) -> None:
            make(message, code, *values, **named)  # type: ignore[arg-type]  # passed on as they came
            self._note(message)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Message, "__init__", noted)
            yield

    def _note(self, message: Message) -> None:
        """Note a message and those inside it, which may have been made when their module was loaded."""
        if message.code not in self.codes:
            self.codes.add(message.code)
            assert message.render("nl")
            assert message.render("en")
        if message.code not in self.exemplified and self._is_its_example(message):
            self.exemplified.add(message.code)
        for value in message.values.values():
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Message):
                    self._note(part)

    def _is_its_example(self, message: Message) -> bool:
        example = self._examples.get(message.code)
        return example is not None and without_folders(message.render()) == example.sentences["nl"]

    def pytest_testnodedown(self, node: object) -> None:
        """Take over what another process noted."""
        codes, exemplified = getattr(node, "workeroutput", {}).get(_HANDED_OVER, ((), ()))
        self.codes.update(codes)
        self.exemplified.update(exemplified)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over what was noted, or judge it where all of it is known."""
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[_HANDED_OVER] = (sorted(self.codes), sorted(self.exemplified))
        elif self.is_binding and (self.silent or self.in_other_words) and not session.exitstatus:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @property
    def silent(self) -> list[str]:
        """The codes that nothing triggered."""
        return sorted(set(catalogue()) - self.codes)

    @property
    def in_other_words(self) -> list[str]:
        """The codes that were said, but never as their example says."""
        return sorted(
            code
            for code in self.codes - self.exemplified
            if code in examples() and not examples()[code].varies
        )

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """List the codes that nothing triggered, and those without their example."""
        if not self.is_binding:
            return
        for told, codes in (
            ("messages that no test triggers", self.silent),
            ("messages that no test triggers as their example says", self.in_other_words),
        ):
            if codes:
                terminalreporter.write_line(f"{told}: {', '.join(codes)}", red=True)
