"""A publisher whose first root is pinned."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.publisher import Publisher
from tests.helpers.web import Remembered, a_site


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    with a_site(tmp_path / "repo") as site:
        found = Publisher(tmp_path, site, Remembered())
        found.publish(1)
        found.pin()
        yield found
