"""The journey of files that are dropped: onto the queue at their place and in silence, onto a playlist at its end."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.playlist import SmartRule
from app.domain.queue import PlaybackState
from app.library.outside import music_below
from app.wiring import Wiring
from tests.helpers.music import a_music_folder, the_app


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, home: Path):
    wiring = the_app(qapp, home)
    with qtbot.waitExposed(wiring.window):
        wiring.window.show()
    yield wiring
    wiring.window.close()
    wiring.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def album(tmp_path: Path) -> Path:
    return a_music_folder(tmp_path / "music", artists=1, albums=1, tracks=3) / "Artist 1" / "Album 11"


def titles(app: Wiring) -> list[str]:
    return [entry.track.title for entry in app.playback.entries()]


def test_a_folder_on_the_queue_is_queued_in_order_and_does_not_play(app: Wiring, qtbot: QtBot, album: Path) -> None:
    app.window.files_queued.emit([os.fsencode(album)], -1)
    qtbot.waitUntil(lambda: titles(app) == ["Song 111", "Song 112", "Song 113"], timeout=10_000)
    one = next(album.glob("02*"))
    app.window.files_queued.emit([os.fsencode(one)], 0)
    qtbot.waitUntil(lambda: titles(app) == ["Song 112", "Song 111", "Song 112", "Song 113"], timeout=10_000)
    assert app.playback.state is PlaybackState.STOPPED
    assert app.library.folders() == []
    assert app.window.toast.words.text == "Song 112 was added to the queue"
    app.window.toast.undo.click()
    qtbot.waitUntil(lambda: titles(app) == ["Song 111", "Song 112", "Song 113"])


@pytest.mark.slow
def test_of_what_is_no_music_the_first_is_told(app: Wiring, qtbot: QtBot, album: Path) -> None:
    (album / "broken.flac").write_bytes(b"no music")
    said: list[str] = []
    app.files.trouble.connect(said.append)
    gone = [os.fsencode(album.parent / f"gone{n}.mp3") for n in range(50)]
    app.window.files_queued.emit([*gone, os.fsencode(album)], -1)
    qtbot.waitUntil(lambda: len(titles(app)) == 3, timeout=10_000)
    assert len(said) == 1
    assert "gone0.mp3" in said[0]


@pytest.mark.slow
def test_files_join_a_playlist_and_a_smart_one_says_why_not(app: Wiring, qtbot: QtBot, album: Path) -> None:
    with qtbot.waitSignal(app.playlists.made) as made:
        app.playlists.create("Mine")
    app.window.open_playlist(str(made.args[0].id))
    qtbot.waitUntil(lambda: app.views.playlist.table.playlist is not None)
    app.window.files_listed.emit([os.fsencode(album)])
    qtbot.waitUntil(lambda: len(app.playlists.entries(made.args[0].id)) == 3, timeout=10_000)
    app.playlists.create_smart("Jazz", SmartRule("genre:jazz"))
    qtbot.waitUntil(lambda: len(app.playlists.all()) == 2)
    smart = next(each for each in app.playlists.all() if each.smart)
    app.window.open_playlist(str(smart.id))
    qtbot.waitUntil(lambda: app.views.playlist.table.playlist == smart)
    app.window.files_listed.emit([os.fsencode(album)])
    assert app.window.toast.words.text == "A smart playlist fills itself: nothing can be put into it."
    assert [entry.title for entry in app.playlists.entries(made.args[0].id)] == ["Song 111", "Song 112", "Song 113"]


def test_a_playlist_file_on_the_page_of_playlists_becomes_one_and_does_not_play(
    app: Wiring, qtbot: QtBot, album: Path
) -> None:
    written = album / "Calm.m3u8"
    written.write_text("\n".join(file.name for file in sorted(album.glob("*.flac"))))
    app.window.show_view("playlists")
    app.window.files_listed.emit([os.fsencode(written)])
    qtbot.waitUntil(lambda: [playlist.name for playlist in app.playlists.all()] == ["Calm"])
    qtbot.waitUntil(lambda: len(app.playlists.entries(app.playlists.all()[0].id)) == 3)  # made first, then filled
    assert titles(app) == []


def test_music_below_folders_is_found_once_in_order_and_links_lead_nowhere(tmp_path: Path) -> None:
    for name in ("b/2.flac", "b/1.mp3", "a/x.ogg", ".hidden/h.flac", "b/cover.jpg", "b/._1.mp3"):
        (tmp_path / "m" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "m" / name).touch()
    (tmp_path / "m" / "b" / "round").symlink_to(tmp_path / "m")
    root = os.fsencode(tmp_path / "m")
    found = music_below([root, b"/nowhere/gone.mp3"], lambda: False)
    assert found == [root + b"/a/x.ogg", root + b"/b/1.mp3", root + b"/b/2.flac", b"/nowhere/gone.mp3"]
