"""Reports that users asked for, kept a while for their browser to fetch.

>>> reports = Reports(most=1)
>>> first, second = reports.keep("een"), reports.keep("twee")
>>> reports.page(first), reports.page(second)
(None, 'twee')
"""

from collections import OrderedDict
from secrets import token_urlsafe

_KEY_BYTES = 32


class Reports:
    """The last few reports, each under a key that nobody can guess: a browser brings no login."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pages: OrderedDict[str, str] = OrderedDict()

    def keep(self, page: str) -> str:
        """Keep a page and give its key; the oldest makes room."""
        key = token_urlsafe(_KEY_BYTES)
        self._pages[key] = page
        while len(self._pages) > self._most:
            self._pages.popitem(last=False)
        return key

    def page(self, key: str) -> str | None:
        """Give the page kept under a key; None when it has gone."""
        return self._pages.get(key)
