"""The look at all objects waits until nobody looks at the window."""

import gc
from collections.abc import Iterator

import pytest

from app.qt.collecting import Collecting


@pytest.fixture(autouse=True)
def the_collector_of_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_all_objects_are_looked_at_only_at_rest(qapp: object) -> None:
    rest = [False]
    collecting = Collecting(lambda: rest[0])
    young, middle, old = gc.get_threshold()
    assert old > 1_000_000
    assert young * (middle + 1) <= 10_000  # more in one go would be felt
    assert not collecting.collect()
    rest[0] = True
    assert collecting.collect()
