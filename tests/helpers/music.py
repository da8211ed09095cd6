"""A small folder of real, tagged music files, and the whole app over it without a device."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import mutagen
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.config.paths import default_paths
from app.playback.output import ClockOutput
from app.storage.database import Database
from app.wiring import Wiring
from app.wiring.sound import begin_playing
from tests.library.sounds import put

SPEED = 20
"""The clock of the output runs this much faster than the day's."""


def a_music_folder(folder: Path, artists: int = 3, albums: int = 2, tracks: int = 4, *, seconds: float = 2.0) -> Path:
    """``Artist n/Album n/nn Title.flac``, each tagged."""
    for artist in range(1, artists + 1):
        for album in range(1, albums + 1):
            for track in range(1, tracks + 1):
                name = f"Song {artist}{album}{track}"
                path = put(folder / f"Artist {artist}/Album {artist}{album}/{track:02d} {name}.flac", seconds=seconds)
                tag(
                    path,
                    title=name,
                    artist=f"Artist {artist}",
                    albumartist=f"Artist {artist}",
                    album=f"Album {artist}{album}",
                    tracknumber=str(track),
                    date=str(1980 + 7 * artist),
                    genre="Jazz" if artist % 2 else "Rock",
                )
    return folder


def tag(path: Path | bytes, **tags: str) -> None:
    """Writes tags by their plain names into a sound file of any kind."""
    audio: Any = mutagen.File(os.fsdecode(path), easy=True)
    if audio.tags is None:
        audio.add_tags()
    for name, value in tags.items():
        audio[name] = value
    audio.save()


def the_app(app: QApplication, home: Path, *, begin: bool = True) -> Wiring:
    """Everything, wired, with its output on a fast clock; unless told not to, the player has begun."""
    paths = default_paths(home)
    paths.make()
    wiring = Wiring(
        app, paths, Database(paths.database), lambda: ClockOutput(clock=lambda: time.monotonic() * SPEED, buffer_s=0.2)
    )
    if begin:
        begin_playing(wiring)
    return wiring


@contextmanager
def an_evening(
    app: QApplication, qtbot: QtBot, home: Path, music: Path | None = None, *, start: bool = False
) -> Iterator[Wiring]:
    """The app over a folder that has been scanned, on screen if wanted; closed at the end, with all that it put off."""
    wiring = the_app(app, home)
    if music is not None:
        with qtbot.waitSignal(wiring.library.scan_finished, timeout=20_000):
            wiring.library.add_folder(os.fsencode(music))
    if start:
        with qtbot.waitExposed(wiring.window):
            wiring.start()
    yield wiring
    wiring.window.close()
    wiring.close()
    wiring.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
