"""Covers: found, cut square, kept; and what is no cover stays away."""

import os
import struct
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import mutagen
import pytest
from mutagen.flac import Picture
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QTimer
from PySide6.QtGui import QColor, QImage, QImageWriter
from pytestqt.qtbot import QtBot

from app.domain.ids import TrackId
from app.qt.cover_service import CoverService
from app.qt.jobs import Jobs
from app.qt.thumbnails import ThumbnailFiles, square
from app.storage.database import Database
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file
from tests.library.sounds import jpeg, png, put


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = a_database(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def service(
    database: Database, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CoverService]:
    monkeypatch.setattr("app.qt.cover_service._IDLE_S", 0.2)
    jobs = Jobs(database.close_here)
    yield CoverService(jobs, TrackStore(database), tmp_path / "covers")
    jobs.shutdown()


def _track(database: Database, path: bytes, **tags: object) -> int:
    store = TrackStore(database)
    store.save([a_file(path, **tags)], NOW_MS)
    track = store.by_path(path)
    assert track is not None
    return track.id


def _get(service: CoverService, track_id: int, pixels: int, qtbot: QtBot) -> QImage:
    if (known := service.pixmap(track_id, pixels)) is None:
        with qtbot.waitSignal(service.cover_ready):
            pass
        known = service.pixmap(track_id, pixels)
    assert known is not None
    return known.toImage()


def test_a_track_of_a_cue_sheet_shows_the_picture_of_its_sound_file(
    service: CoverService, database: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    put(tmp_path / "m/CD1/cover.jpg", jpeg(300, 200, 255))
    source = put(tmp_path / "m/CD1/a.flac")
    store, path = TrackStore(database), os.fsencode(tmp_path / "m/a.cue#01")
    store.save([a_file(path)._replace(source_path=source, end_ms=500)], NOW_MS)
    track = store.by_path(path)
    assert track is not None
    assert _get(service, track.id, 64, qtbot).pixelColor(32, 32).lightness() > 240


def test_a_cover_of_the_folder_comes_as_a_square(
    service: CoverService, database: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    put(tmp_path / "m/cover.jpg", jpeg(300, 200, 255))
    track_id = _track(database, put(tmp_path / "m/a.flac"))
    assert service.pixmap(track_id, 64) is None
    image = _get(service, track_id, 64, qtbot)
    assert (image.width(), image.height()) == (64, 64)
    assert image.pixelColor(32, 32).lightness() > 240
    assert len(list((tmp_path / "covers").iterdir())) == 1


def test_a_cover_inside_the_file_goes_first(
    service: CoverService, database: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    raw = put(tmp_path / "m/a.flac")
    audio: Any = mutagen.File(os.fsdecode(raw))
    picture = Picture()
    picture.data, picture.type = png(50, 50, 0), 3
    audio.add_picture(picture)
    audio.save()
    put(tmp_path / "m/cover.jpg", jpeg(50, 50, 255))
    image = _get(service, _track(database, raw, has_cover=True), 32, qtbot)
    assert image.pixelColor(16, 16).lightness() < 20


def test_the_tracks_of_an_album_share_one_request_and_all_are_told(
    service: CoverService, database: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    put(tmp_path / "m/cover.jpg", jpeg())
    ids = [_track(database, put(tmp_path / f"m/{number}.flac")) for number in range(5)]
    told: list[int] = []
    service.cover_ready.connect(lambda track_id, pixels: told.append(track_id))
    assert [service.pixmap(i, 40) for i in ids] == [None] * 5
    qtbot.waitUntil(lambda: sorted(told) == ids)
    assert all(service.pixmap(i, 40) is not None for i in ids)


def test_whose_pictures_many_tracks_show_takes_two_statements(database: Database) -> None:
    pictured = [
        _track(database, b"/m/%d.flac" % number, track_no=9 - number, has_cover=number > 1) for number in range(4)
    ]
    alone = _track(database, b"/m/alone.flac", album="", has_cover=False)
    few = [_track(database, b"/n/%d.flac" % number, album="Few", has_cover=number == 0) for number in range(3)]
    store, asked = TrackStore(database), list[str]()
    database.here().set_trace_callback(asked.append)
    owners = store.whose_covers([TrackId(one) for one in (pictured[0], alone, *few, 999)])
    database.here().set_trace_callback(None)
    assert len(asked) == 2
    assert {one: (track.id, of_album) for one, (track, of_album) in owners.items()} == {
        **dict.fromkeys(pictured, (pictured[3], True)),  # half of them have one: the first of these on the record
        alone: (alone, False),
        **{one: (one, False) for one in few},
    }


def test_a_paint_asks_the_library_nothing_and_a_page_of_rows_is_looked_up_together(
    service: CoverService, database: Database, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        put(tmp_path / f"{number}/cover.jpg", jpeg())
    ids = [_track(database, put(tmp_path / f"{n % 3}/{n}.flac"), album=f"{n % 3}") for n in range(12)]
    looked_up, asked, told = list[int](), list[str](), list[int]()
    whose = TrackStore.whose_covers
    monkeypatch.setattr(TrackStore, "whose_covers", lambda store, ids: looked_up.append(len(ids)) or whose(store, ids))
    service.cover_ready.connect(lambda track_id, _pixels: told.append(track_id))
    database.here().set_trace_callback(asked.append)
    assert [service.pixmap(one, 40) for one in ids] == [None] * 12
    qtbot.waitUntil(lambda: sorted(told) == ids)
    assert all(service.pixmap(one, 40) is not None for one in ids)
    assert looked_up == [12]
    service.library_changed()  # each goes on with the picture that was its own until it is known anew
    assert all(service.pixmap(one, 40) is not None for one in ids)
    qtbot.waitUntil(lambda: looked_up == [12, 12])
    qtbot.waitUntil(lambda: service._owners.of(ids[0])[1])
    assert sorted(told) == ids  # none has another one now, and nothing is painted anew
    assert asked == []
    database.here().set_trace_callback(None)


def test_a_track_that_joins_another_album_shows_the_picture_of_that(
    service: CoverService, database: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    tags: dict[str, Any] = {"has_cover": True, "album_artist": "Ida Ravn"}
    paths = [_with_picture(put(tmp_path / f"{n}.flac"), 255 * n) for n in range(2)]
    one, other = (_track(database, path, **tags, album=f"{n}", track_no=9 - n) for n, path in enumerate(paths))
    assert _get(service, one, 40, qtbot).pixelColor(9, 9).lightness() < 20
    assert _get(service, other, 40, qtbot).pixelColor(9, 9).lightness() > 240
    TrackStore(database).save([a_file(paths[0], **tags, album="1", track_no=9)], NOW_MS)
    service.library_changed()
    assert service.pixmap(one, 40) is not None
    with qtbot.waitSignal(service.cover_ready) as told:
        pass
    assert told.args == [one, 40]
    picture = service.pixmap(one, 40)
    assert picture is not None and picture.toImage().pixelColor(9, 9).lightness() > 240


def test_the_thumbnail_on_disk_serves_the_next_start(database: Database, qtbot: QtBot, tmp_path: Path) -> None:
    cover = tmp_path / "m/cover.jpg"
    put(cover, jpeg(), mtime=1)
    track_id = _track(database, put(tmp_path / "m/a.flac"))
    for start in range(2):
        jobs = Jobs(database.close_here)
        _get(CoverService(jobs, TrackStore(database), tmp_path / "covers"), track_id, 40, qtbot)
        jobs.shutdown()
        if start == 0:
            put(cover, bytes(len(jpeg())), mtime=1)  # same size and time, no picture any more


def test_a_track_without_a_picture_is_asked_for_once(
    service: CoverService, database: Database, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    track_id = _track(database, put(tmp_path / "m/a.flac"), album="")
    asked: list[bytes] = []
    monkeypatch.setattr("app.library.artwork.sources", lambda path, has_cover: asked.append(path) or iter(()))
    assert service.pixmap(track_id, 40) is None
    qtbot.waitUntil(lambda: (track_id, 40) in service._none)
    for _ in range(3):
        assert service.pixmap(track_id, 40) is None
    assert len(asked) == 1
    with qtbot.waitSignal(service.cover_ready) as told:  # who shows it asks again
        service.library_changed()
    assert told.args == [track_id, 40]
    assert service.pixmap(track_id, 40) is None
    qtbot.waitUntil(lambda: len(asked) == 2)


def test_at_a_change_of_the_library_a_few_are_told_in_each_turn_and_all_in_the_end(
    service: CoverService, database: Database, qtbot: QtBot
) -> None:
    store = TrackStore(database)
    store.save([a_file(b"/m/%d.flac" % number, album="") for number in range(50)], NOW_MS)
    ids = [track.id for track in store.all()]
    told, turns = list[int](), list[int]()
    service.cover_ready.connect(lambda track_id, _pixels: told.append(track_id))
    service._none.update((one, 40) for one in ids)
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: turns.append(len(told)))
    timer.start()
    service.library_changed()
    assert told == []
    service._none.add((999, 40))  # found out meanwhile
    qtbot.waitUntil(lambda: len(told) >= 20)
    service.library_changed()  # the drive is there, too
    qtbot.waitUntil(lambda: {*ids, 999} <= set(told))
    timer.stop()
    assert max(after - before for before, after in pairwise(turns)) <= 20


def test_another_track_of_the_album_may_have_the_picture(
    service: CoverService, database: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    bare = _track(database, put(tmp_path / "x/a.flac"), album_artist="Ida Ravn")
    put(tmp_path / "y/cover.jpg", jpeg())
    other = _track(database, put(tmp_path / "y/b.flac"), album_artist="Ida Ravn")
    assert service.pixmap(bare, 40) is None
    assert service.pixmap(other, 40) is None
    with qtbot.waitSignal(service.cover_ready) as ready:
        pass
    assert ready.args == [other, 40]


def test_an_album_has_one_picture_where_half_of_its_tracks_hold_one(
    service: CoverService, database: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    tracks = [
        _track(
            database,
            _with_picture(put(tmp_path / f"a/{n}.flac")) if n < 2 else put(tmp_path / f"a/{n}.flac"),
            has_cover=n < 2,
            track_no=n,
        )
        for n in range(4)
    ]
    for track in reversed(tracks):
        assert not _get(service, track, 40, qtbot).isNull()
    assert len(service._pixmaps) == 1


def test_one_picture_among_many_files_is_not_everybody_s(
    service: CoverService, database: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    own = _track(database, _with_picture(put(tmp_path / "a/1.flac")), has_cover=True)
    others = [_track(database, put(tmp_path / f"a/{n}.flac")) for n in range(2, 6)]
    _get(service, own, 40, qtbot)
    assert [service.pixmap(track, 40) for track in others] == [None] * 4
    qtbot.waitUntil(lambda: len(service._none) == 4)


def _with_picture(path: bytes, shade: int = 200) -> bytes:
    audio: Any = mutagen.File(os.fsdecode(path))
    picture = Picture()
    picture.type, picture.mime, picture.data = 3, "image/jpeg", jpeg(60, 60, shade)
    audio.add_picture(picture)
    audio.save()
    return path


def test_an_unknown_track_has_no_cover(service: CoverService) -> None:
    assert service.pixmap(99, 40) is None


def test_memory_is_bounded(
    service: CoverService, database: Database, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.qt.cover_service._MEMORY_BYTES", 3 * 40 * 40 * 4)
    for number in range(6):
        put(tmp_path / f"{number}/cover.jpg", jpeg())
        _get(service, _track(database, put(tmp_path / f"{number}/a.flac")), 40, qtbot)
    assert len(service._pixmaps) == 3


def _huge_png(side: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side + 1) * 50, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.qt_log_ignore("Huffman", "JPEG")
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nothing",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + bytes(50),
        jpeg()[:100],
        _huge_png(20_000),
    ],
)
def test_what_is_no_cover_gives_none(data: bytes, qtbot: QtBot) -> None:
    assert square(data, 40) is None


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (301, 200), (40, 40)])
def test_any_shape_becomes_a_square(size: tuple[int, int], qtbot: QtBot) -> None:
    for data in (png(*size), jpeg(max(size[0], 2), max(size[1], 2))):
        image = square(data, 40)
        assert image is not None
        assert (image.width(), image.height()) == (40, 40)


@pytest.mark.parametrize("encode", [png, jpeg])
def test_the_middle_of_a_wide_picture_is_kept(encode: Callable[[int, int, int], bytes], qtbot: QtBot) -> None:
    wide = QImage.fromData(encode(300, 100, 255))
    for x in range(300):
        for y in range(100):
            if not 100 <= x < 200:
                wide.setPixelColor(x, y, QColor("black"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png" if encode is png else b"jpeg")).write(wide)
    image = square(bytes(buffer.data().data()), 50)
    assert image is not None
    assert all(image.pixelColor(x, 25).lightness() > 200 for x in range(3, 47))


def test_the_folder_of_thumbnails_stays_under_its_limit(tmp_path: Path, qtbot: QtBot) -> None:
    files = ThumbnailFiles(tmp_path / "covers", limit_bytes=2_000)
    image = square(jpeg(), 40)
    assert image is not None
    for number in range(20):
        files.save(b"%d" % number, 40, image)
    files.sweep()
    assert sum(path.stat().st_size for path in (tmp_path / "covers").iterdir()) <= 2_000
    assert files.load(b"absent", 40) is None


def test_a_damaged_thumbnail_is_made_again(tmp_path: Path, qtbot: QtBot) -> None:
    files = ThumbnailFiles(tmp_path / "covers")
    image = square(jpeg(), 40)
    assert image is not None
    files.save(b"a", 40, image)
    next((tmp_path / "covers").iterdir()).write_bytes(b"broken")
    assert files.load(b"a", 40) is None
