"""The token that users of a server on a network give once, in the task pane."""

from collections.abc import Awaitable, Callable
from hmac import compare_digest
from pathlib import Path

from hoka_excel.core.errors import UsageError, system_reason


def read_token(path: Path) -> str:
    """Read a token from a file, without the space around it.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("addin.no_token_file", where=path, detail=system_reason(error)) from error


def token_check(token: str) -> Callable[[str], Awaitable[object]]:
    """Make the check that xlwings-server calls with what a request gives as `Authorization`."""

    async def validate_token(given: str) -> object:
        from fastapi import HTTPException  # noqa: PLC0415 - only a server needs these
        from xlwings_server.models import User  # noqa: PLC0415

        if not compare_digest((given or "").encode(), token.encode()):
            raise HTTPException(status_code=401)
        return User(id="token", name="token")

    return validate_token
