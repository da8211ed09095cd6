"""Ctrl+Z takes back what was said last that can be, and nothing else."""

import os
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.queue import PlaybackState
from tests.helpers.music import a_music_folder, an_evening


def test_what_joined_the_queue_is_taken_back_but_never_an_edit_that_came_later(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    music = a_music_folder(tmp_path / "music", artists=1, albums=1, tracks=4, seconds=30.0)
    with an_evening(qapp, qtbot, home, music) as app:
        playback, undo = app.playback, app.window.actions_by_name["undo"]
        tracks = app.library.tracks(app.library.ids())
        playback.play_now(tracks[:1])
        qtbot.waitUntil(lambda: playback.state is PlaybackState.PLAYING)
        playback.enqueue(tracks[1:2])
        undo.trigger()
        playback.enqueue(tracks[2:3])
        queue = [tracks[0].id, tracks[2].id]
        qtbot.waitUntil(lambda: [entry.track.id for entry in playback.entries()] == queue)
        playback.move(1, 0)
        with qtbot.waitSignal(playback.trouble):
            undo.trigger()
        moved = [tracks[2].id, tracks[0].id]
        qtbot.waitUntil(lambda: [entry.track.id for entry in playback.entries()] == moved)
        assert playback.undo_says == "Moved a track", "that can still be taken back in the queue"
        assert app.window.toast.words.text.startswith("The queue has changed since then.")


def test_a_folder_that_was_taken_out_by_mistake_comes_back_as_it_was(
    qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    music = a_music_folder(tmp_path / "music", artists=1, albums=1, tracks=2, seconds=1.0)
    with an_evening(qapp, qtbot, home, music) as app:
        (unwanted, *before), toast = app.library.ids(), app.window.toast
        app.library.remove_tracks([unwanted])
        qtbot.waitUntil(lambda: app.library.ids() == before)
        app.library.remove_folder(os.fsencode(music))
        qtbot.waitUntil(lambda: not app.library.ids() and toast.words.text.startswith("The folder"))
        app.window.actions_by_name["undo"].trigger()
        qtbot.waitUntil(lambda: app.library.ids() == before, timeout=10_000)
        assert app.library.folders() == [os.fsencode(music)]
