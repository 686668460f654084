"""Which texts of the catalogue the tests make the program say; a whole run must make it say every one.

The first message of each code is written out in both languages as it is made, so that a text whose values do
not fill it fails that test.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hoka_excel.core.messages import Message, catalogue

_HANDED_OVER = "triggered_messages"


class TriggeredMessages:
    """The part of a test run that notes the codes in every process and judges them at the end.

    Attributes:
        codes: what was said so far.
        is_binding: whether a code that nothing triggered fails the run.
    """

    def __init__(self, *, is_binding: bool) -> None:
        self.codes: set[str] = set()
        self.is_binding = is_binding

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Iterator[None]:
        """Note what one test makes the program say."""
        with self._noted():
            return (yield)

    @contextmanager
    def _noted(self) -> Iterator[None]:
        make = Message.__init__

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
        for value in message.values.values():
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Message):
                    self._note(part)

    def pytest_testnodedown(self, node: object) -> None:
        """Take over what another process noted."""
        self.codes.update(getattr(node, "workeroutput", {}).get(_HANDED_OVER, ()))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over what was noted, or judge it where all of it is known."""
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[_HANDED_OVER] = sorted(self.codes)
        elif self.is_binding and self.silent and not session.exitstatus:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @property
    def silent(self) -> list[str]:
        """The codes that nothing triggered."""
        return sorted(set(catalogue()) - self.codes)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """List the codes that nothing triggered."""
        if self.is_binding and self.silent:
            terminalreporter.write_line(f"messages that no test triggers: {', '.join(self.silent)}", red=True)
