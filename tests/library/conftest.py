"""Fixtures of the library's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.builders import a_database
from tests.library.scanning import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "music").mkdir()
    database = a_database(tmp_path / "data")
    yield Library(database, tmp_path / "music", [])
    database.close()
