"""Editing in tests: tracks of files, and edits run to their end."""

import dataclasses
import os
from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.ids import TrackId
from app.domain.tag_edit import TagReport
from app.domain.tags import Tags
from app.domain.track import Track
from app.library import edit as editing


def a_track(path: bytes, track_id: int = 1, **other: Any) -> Track:
    values = {field.name: "" for field in dataclasses.fields(Track)}
    fixed = {"id": TrackId(track_id), "path": path, "source_path": None}
    return Track(**{**values, **fixed, **other})  # type: ignore[arg-type]


class Taken:
    """Remembers what the library would be told."""

    def __init__(self) -> None:
        self.told: dict[bytes, Tags] = {}

    def __call__(self, track_id: TrackId, path: bytes, status: os.stat_result, said: Tags) -> None:
        self.told[path] = said

    def settle(self) -> None:
        pass


def run(steps: Iterator[Any]) -> TagReport:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def edited(changes: Mapping[str, Any], *paths: bytes, took: Any = None, **cage: Any) -> TagReport:
    tracks = [a_track(path, number) for number, path in enumerate(paths, 1)]
    return run(editing.edit(tracks, changes, took or Taken(), lambda: False, **cage))


def taken_back(report: TagReport) -> TagReport:
    return run(editing.take_back(report.undo, Taken(), lambda: False))
