"""What a user is told when a document cannot be read, or holds no plan."""

from hoka_excel.core.errors import HokaError


class DocumentError(HokaError):
    """A document that cannot be read, or from which no plan can be made; all faults are listed."""
