"""One add-in server for all tests that do not ask for settings of their own."""

from collections.abc import Iterator

import pytest

from tests.addin.addin_server import AddinServer, running_server


@pytest.fixture(scope="session")
def server() -> Iterator[AddinServer]:
    with running_server() as started:
        yield started
