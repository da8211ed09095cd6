"""A library for the tests of the import."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.database import Database
from tests.helpers.builders import a_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty one."""
    made = a_database(tmp_path)
    yield made
    made.close()
