"""The words of a begroting: always Dutch, on its sheets and in its plan file."""

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.messages import Message
from hoka_excel.core.monitoring.signals import Signal
from hoka_excel.core.verdicts import Verdict

YES, NO = "ja", "nee"


def word(verdict: Verdict) -> str:
    """Write a verdict as a controller reads it."""
    return Message(f"verdict.{verdict}").render()


def kind_word(kind: Kind) -> str:
    """Write a kind of check as a controller reads it."""
    return Message(f"kind.{kind}").render()


def kinds_by_word() -> dict[str, Kind]:
    """Give every kind of check by its word."""
    return {kind_word(kind): kind for kind in Kind}


def signal_word(signal: Signal) -> str:
    """Write a signal as a controller reads it."""
    return Message(f"signal.{signal}").render()
