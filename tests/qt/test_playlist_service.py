"""Playlists behind the window: edits one after the other, each said and taken back; files in and out."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.playlist import PlaylistId, SmartRule
from app.qt.jobs import Jobs
from app.qt.playlist_service import PlaylistService, found_by
from app.storage.playlist_links import PlaylistLinks
from app.storage.playlists import PlaylistStore
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_library


@pytest.fixture
def service(tmp_path: Path, qtbot: QtBot) -> Iterator[PlaylistService]:
    database = a_database(tmp_path)
    a_library(database, 20)
    search = SearchStore(database)
    jobs = Jobs(database.close_here)
    yield PlaylistService(
        jobs,
        PlaylistStore(database),
        PlaylistLinks(database),
        TrackStore(database),
        lambda rule: found_by(search, rule, NOW_MS),
        lambda: NOW_MS,
    )
    jobs.shutdown()
    database.close()


def made(service: PlaylistService, qtbot: QtBot, name: str, count: int) -> PlaylistId:
    tracks = service._tracks.all()[:count]
    with qtbot.waitSignal(service.made) as said:
        service.create(name, tracks)
    return said.args[0].id


def test_edits_run_one_after_the_other_and_each_is_taken_back(service: PlaylistService, qtbot: QtBot) -> None:
    playlist = made(service, qtbot, "Evening", 4)
    before = service.entries(playlist)
    edits: list[object] = []
    service.edited.connect(edits.append)
    service.remove(playlist, [before[0].id])
    service.move(playlist, [before[3].id], 0)
    service.rename(playlist, "Night")
    qtbot.waitUntil(lambda: len(edits) == 3)
    assert [entry.id for entry in service.entries(playlist)] == [before[3].id, before[1].id, before[2].id]
    for edit in reversed(edits):
        with qtbot.waitSignal(service.playlists_changed):
            service.undo(edit)  # type: ignore[arg-type]
    assert service.entries(playlist) == before
    assert [each.name for each in service.all()] == ["Evening"]


def test_trouble_is_a_sentence_and_the_next_edit_goes_on(service: PlaylistService, qtbot: QtBot) -> None:
    playlist = made(service, qtbot, "Evening", 1)
    with qtbot.waitSignals([service.trouble, service.edited]):
        service.rename(playlist, "  ")
        service.rename(playlist, "Morning")
    assert [each.name for each in service.all()] == ["Morning"]


def test_a_smart_playlist_holds_what_its_search_finds_now(service: PlaylistService, qtbot: QtBot) -> None:
    with qtbot.waitSignal(service.made) as said:
        service.create_smart("All unheard", SmartRule("never-played", "title", limit=5))
    rule = said.args[0].rule
    assert rule is not None
    assert len(service.found(rule)) == 5
    assert service.found(SmartRule("never-played", "no such order")) == service.found(SmartRule("never-played"))


def test_a_list_goes_out_to_a_file_and_comes_back_as_it_was(
    service: PlaylistService, qtbot: QtBot, tmp_path: Path
) -> None:
    playlist = made(service, qtbot, "Evening", 3)
    path = os.fsencode(tmp_path / "out.m3u8")
    with qtbot.waitSignal(service.told) as wrote:
        service.export_file(playlist, path)
    assert wrote.args[0].startswith("Wrote 3 tracks to ")
    with qtbot.waitSignal(service.edited):
        service.delete(playlist)
    with qtbot.waitSignal(service.told) as read:
        service.import_files([path])
    assert "3 of 3 entries found in the library" in read.args[0]
    assert len(service.entries(service.all()[0].id)) == 3


def test_a_file_that_is_no_playlist_is_a_sentence(service: PlaylistService, qtbot: QtBot, tmp_path: Path) -> None:
    strange = tmp_path / "x.xspf"
    strange.write_text("<!DOCTYPE a [<!ENTITY b 'c'>]><playlist/>")
    with qtbot.waitSignal(service.trouble):
        service.import_files([os.fsencode(strange)])
    assert service.all() == []


def test_of_several_files_those_that_are_none_are_told_and_the_others_come(
    service: PlaylistService, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "strange.xspf").write_text("<html/>")
    for name in ("one.m3u", "two.m3u"):
        (tmp_path / name).write_text(f"#EXTM3U\n{name}.mp3\n")
    paths = [os.fsencode(tmp_path / name) for name in ("one.m3u", "strange.xspf", "two.m3u", "none.m3u")]
    with qtbot.waitSignal(service.told) as read:
        service.import_files(paths)
    assert read.args[0].startswith("2 new playlists, 0 of 2 entries found in the library. ")
    assert "no XSPF playlist" in read.args[0] and "cannot be opened" in read.args[0]
    assert len(service.all()) == 2


def test_of_very_many_entries_at_once_the_rest_is_left_for_another_time_and_it_is_said(
    service: PlaylistService, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.library.playlist_files.entries.MAX_ENTRIES", 20)
    paths = [tmp_path / f"{number}.m3u" for number in range(4)]
    for path in paths:
        path.write_text("".join(f"{path.stem} {entry}.mp3\n" for entry in range(15)))
    with qtbot.waitSignal(service.told) as read:
        service.import_files([os.fsencode(path) for path in paths])
    assert read.args[0] == (
        "2 new playlists, 0 of 30 entries found in the library. "
        "2 playlists were left out: more than 20 entries are not taken at once."
    )
    assert [each.name for each in service.all()] == ["0", "1"]
