"""Mutagen's classes by name: the rare ones are imported when first met, and none drags half-made annotations along."""

import importlib
from typing import Any


def reader(module: str, name: str) -> Any:
    """A class of one of mutagen's modules."""
    return getattr(importlib.import_module(f"mutagen.{module}"), name)
