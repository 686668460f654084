"""Faults that travel between processes."""

from hoka_excel.core.messages import Message


def plain(fault: Message) -> Message:
    """Write out the exceptions in a message, which do not all travel."""
    values = {
        name: str(value) if isinstance(value, BaseException) else value
        for name, value in fault.values.items()
    }
    return Message(fault.code, values)
