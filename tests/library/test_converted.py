"""Files that change in their place: converted, made louder, retagged at once, or still being written."""

import os
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.domain.playlist import PlaylistId
from app.library.same_track import near_title
from app.storage.playlists import PlaylistStore
from app.storage.plays import PlayStore
from app.storage.twins import with_history
from tests.helpers.builders import NOW_MS, a_play
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put, sound


def _played(library: Library, name: str) -> TrackId:
    library.scan()
    track_id = library.at(name).id
    PlayStore(library.database).append(a_play(track_id))
    return track_id


def _in_its_place(library: Library, old: str, new: str, seconds: float, **tags: str) -> None:
    os.unlink(library.music / old)
    put(library.music / new, seconds=seconds)
    if tags:
        tag(library.music / new, **tags)
    library.scan()


@pytest.mark.parametrize("tags", [{}, {"title": "Foo", "artist": "Ida Ravn"}])
@pytest.mark.parametrize("kind", ["flac", "ogg", "mp3"])
def test_an_untagged_file_that_was_converted_is_the_track_it_was(
    library: Library, kind: str, tags: dict[str, str]
) -> None:
    put(library.music / "X/01 Foo.wav", seconds=4.0)
    put(library.music / "X/02 Bar.wav", seconds=3.0)
    foo = _played(library, "X/01 Foo.wav")
    _in_its_place(library, "X/01 Foo.wav", f"X/01 Foo.{kind}", 4.0, **tags)
    assert library.at(f"X/01 Foo.{kind}").id == foo
    assert library.tracks.count() == 2


@pytest.mark.parametrize(("new", "seconds"), [("X/01 Foo.flac", 9.0), ("X/01 Fox.flac", 4.0), ("Y/01 Foo.flac", 4.0)])
def test_another_name_folder_or_length_is_another_track(library: Library, new: str, seconds: float) -> None:
    put(library.music / "X/01 Foo.wav", seconds=4.0)
    foo = _played(library, "X/01 Foo.wav")
    _in_its_place(library, "X/01 Foo.wav", new, seconds)
    assert library.at(new).id != foo


@pytest.mark.parametrize(
    ("album", "name", "same"),
    [
        ("Été (Deluxe)", "a/nuit.flac", True),
        ("Live at Leeds", "a/nuit.flac", False),
        ("Été (Live)", "a/nuit.flac", False),
        ("Été (Deluxe)", "a/nuit 2.flac", False),
        ("Été (Deluxe)", "b/nuit.flac", False),
    ],
)
def test_a_converted_file_whose_album_was_named_anew_is_the_same_in_its_place_alone(
    library: Library, album: str, name: str, same: bool
) -> None:
    tag(put(library.music / "a/nuit.mp3", seconds=4.0), title="Nuit", artist="Ida Ravn", album="Été")
    nuit = _played(library, "a/nuit.mp3")
    _in_its_place(library, "a/nuit.mp3", name, 4.0, title="Nuit", artist="Ida Ravn", album=album)
    assert (library.at(name).id == nuit) is same


def _louder(path: Path, **tags: str) -> None:
    """As mp3gain changes the frames, with new tags."""
    raw = bytearray(path.read_bytes())
    for at in range(len(raw) // 2 - 6_000, len(raw) // 2 + 6_000, 400):
        raw[at] ^= 1
    path.write_bytes(raw)
    tag(path, **tags)


@pytest.mark.parametrize(
    ("title", "artist", "same"),
    [("Wrong Way", "Ida Ravn", True), ("Wrnog Way (Live)", "Ida Ravn", False), ("Wrong Way", "Otto Galt", False)],
)
def test_a_title_mended_while_the_file_was_made_louder_keeps_the_track(
    library: Library, title: str, artist: str, same: bool
) -> None:
    tag(put(library.music / "1.mp3", seconds=6.0), title="Wrnog Way", artist="Ida Ravn", album="Y")
    before = _played(library, "1.mp3")
    sound_before = library.at("1.mp3").audio_hash
    _louder(library.music / "1.mp3", title=title, artist=artist, album="Y")
    library.scan()
    assert library.at("1.mp3").audio_hash != sound_before
    assert (library.at("1.mp3").id == before) is same


@pytest.mark.parametrize(
    ("before", "now", "near"),
    [
        ("Dont Look Back", "Don't Look Back", True),
        ("Nuit blanche", "Nuit Blanche", True),
        ("Concerto No. 1", "Concerto No. 2", False),
        ("Sonata IV", "Sonata VI", False),
        ("Side A", "Side B", False),
        ("Jour", "Nuit", False),
        ("", "", True),
        ("Nuit", "", False),
    ],
)
def test_a_mended_title_is_told_from_another_one(before: str, now: str, near: bool) -> None:
    assert near_title(before, now) is near


def _grows(library: Library, name: str, *, touched: bool = False) -> list[tuple[bytes, bool]]:
    """The file at 40, 70 and 100 % of its bytes, scanned each time; the rows at the end."""
    path = library.music / name
    whole, written = sound(path.suffix[1:], 30.0), 0
    path.parent.mkdir(exist_ok=True)
    for part in (0.4, 0.7, 1.0):
        with path.open("ab") as file:
            file.write(whole[written : int(len(whole) * part)])
        written = int(len(whole) * part)
        os.utime(path, (NOW_MS // 1000 + part * 1000,) * 2)
        library.scan()
        if touched and part < 0.5:
            PlayStore(library.database).append(a_play(library.at(name).id))
    with library.database.read() as connection:
        rows = connection.execute("select path, missing_since is not null from track order by id").fetchall()
    return [(path.removeprefix(os.fsencode(library.music) + b"/"), bool(gone)) for path, gone in rows]


@pytest.mark.parametrize("kind", ["ogg", "mp3", "wav", "flac", "aac"])
def test_an_untagged_file_that_is_still_being_written_leaves_nothing_behind(library: Library, kind: str) -> None:
    assert _grows(library, f"X/rec.{kind}") == [(b"X/rec.%b" % kind.encode(), False)]


def test_one_that_was_played_meanwhile_loses_no_play(library: Library) -> None:
    rows = _grows(library, "X/rec.ogg", touched=True)
    assert rows == [(b"X/rec.ogg/replaced-1", True), (b"X/rec.ogg", False)]
    assert PlayStore(library.database).played_counts()[TrackId(1)][0] == 1


def test_whatever_the_listener_did_with_a_track_is_its_history(library: Library) -> None:
    for number in range(5):
        put(library.music / f"{number}.flac", seconds=1.0 + number / 10)
    library.scan()
    one, two, three, four, five = (library.at(f"{number}.flac").id for number in range(5))
    PlayStore(library.database).append(a_play(one))
    library.tracks.rate(two, 0)
    lists = PlaylistStore(library.database)
    lists.add(PlaylistId(lists.create("Calm", now_ms=NOW_MS).id), [three], now_ms=NOW_MS)
    PlayStore(library.database).checkpoint(a_play(four))
    assert with_history(library.tracks, [one, two, three, four, five]) == {one, two, three, four}
