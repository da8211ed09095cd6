"""Cases of one test, of which a newcomer waits for a few."""

from collections.abc import Iterable
from typing import Any

import pytest


def first(values: Iterable[Any], count: int = 1) -> list[Any]:
    """The first cases as they are, the others as slow proofs. A tuple is the arguments of one case."""
    return [value if number < count else _slow(value) for number, value in enumerate(values)]


def _slow(value: Any) -> Any:
    return pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.slow)
