"""Songs of albums in a folder, and the albums that a scan makes of them."""

import os
from typing import Any

import mutagen

from app.storage.browse import BrowseStore
from tests.library.scanning import Library
from tests.library.sounds import put


def song(library: Library, name: str, number: int | str, **tags: str) -> None:
    """A file below the music folder, titled by its name."""
    raw = put(library.music / name)
    audio: Any = mutagen.File(os.fsdecode(raw), easy=True)
    if audio.tags is None:
        audio.add_tags()
    audio.update({"title": name, "tracknumber": str(number)} | tags)
    audio.save()


def albums(library: Library) -> list[tuple[str, int]]:
    """Each album with the number of its tracks."""
    return sorted((album.title, album.track_count) for album in BrowseStore(library.database).albums())
