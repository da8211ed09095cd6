"""Identifiers that must not be mixed up."""

from typing import NewType

TrackId = NewType("TrackId", int)
PlayId = NewType("PlayId", int)
RecordingKey = NewType("RecordingKey", str)
AlbumKey = NewType("AlbumKey", str)
