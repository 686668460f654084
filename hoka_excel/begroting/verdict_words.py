"""The words of a verdict on a sheet: always Dutch, as the workbook is."""

from hoka_excel.core.checks import Kind
from hoka_excel.core.messages import Message
from hoka_excel.core.monitoring.signals import Signal
from hoka_excel.core.verdicts import Verdict


def word(verdict: Verdict) -> str:
    """Write a verdict as a controller reads it."""
    return Message(f"verdict.{verdict}").render()


def kind_word(kind: Kind) -> str:
    """Write a kind of check as a controller reads it."""
    return Message(f"kind.{kind}").render()


def signal_word(signal: Signal) -> str:
    """Write a signal as a controller reads it."""
    return Message(f"signal.{signal}").render()
