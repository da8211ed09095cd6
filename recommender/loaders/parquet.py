"""Parquet, where ``pyarrow`` is installed: the same columns as CSV, read batch by batch."""

import importlib
from pathlib import Path
from typing import Any

from recommender.loaders.collect import Collector
from recommender.loaders.columns import is_told_apart_by_artist, roles_of
from recommender.loaders.log import DataError, Log

BATCH_ROWS = 65_536


def load_parquet(path: Path) -> Log:
    """The rows of a file. DataError, one sentence, where it cannot be used."""
    try:
        arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise DataError(f"{path.name} is Parquet: install pyarrow to read it, or save it as CSV.") from error
    try:
        with parquet.ParquetFile(path) as file:
            return _read(file, path.name)
    except (OSError, arrow.ArrowException) as error:
        said = " ".join(str(error).split())[:200].rstrip(".")
        raise DataError(f"{path.name} is not a Parquet file that can be read: {said}.") from error


def _read(file: Any, name: str) -> Log:
    header = list(file.schema_arrow.names)
    roles = roles_of(header, name)
    collector = Collector(name, is_told_apart_by_artist(header, roles))
    wanted = sorted({header[place] for place in roles.values()})
    for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=wanted):
        columns = batch.to_pydict()
        collector.add({role: columns[header[place]] for role, place in roles.items()})
    notes = [] if "user" in roles else ["No column names a listener: all plays are taken as one listener's."]
    return collector.finish(notes)
