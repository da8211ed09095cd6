"""The engines by name: one line each, loaded when chosen."""

from importlib import import_module

from recommender.training.made import Engine

ENGINES = {"local": "recommender.training.here:found_here", "spark": "recommender.training.spark:found_by_spark"}


def engine_of(name: str) -> Engine:
    """The engine called ``name``. ImportError where what it needs is not installed."""
    module, function = ENGINES[name].split(":")
    engine: Engine = getattr(import_module(module), function)
    return engine
