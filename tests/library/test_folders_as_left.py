"""A rescan compares whole folders with how they were left: the library is the same as if each file were compared."""

import functools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import UnreadableFile
from app.domain.scan import ScanReport
from app.library.cage import Answer, Refusal
from app.library.tags import read_tags
from app.library.walk import Walk
from app.storage.folders import FolderStore
from tests.helpers.builders import NOW_MS, a_database
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put, sound

_ALL = "select * from track order by id"
_REFUSED = "select path, size_bytes, mtime_ns, kind, reason from refused order by path"
_FOLDERS = ("", "a", "a/deep", "b", "c#d", "caf\udce9")
_NAMES = ("1.flac", "2.flac", "3.FLAC", "disc.flac", "odd\udcff.mp3")


class _Reader:
    """Reads tags in this process: the property is about what is read, not about how."""

    def __init__(self, **_limits: Any) -> None:
        pass

    def __enter__(self) -> "_Reader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def read(self, paths: Iterator[bytes]) -> Iterator[Answer]:
        for path in paths:
            try:
                yield path, read_tags(path)
            except UnreadableFile as error:
                yield path, Refusal(str(error))


@functools.cache
def _contents() -> list[bytes]:
    """Sounds with names, without, of the same sound under two titles, a broken one."""
    made = [sound("flac", 1.0), sound("mp3", 1.0), b"no sound at all", b""]
    for number, (seconds, title) in enumerate(((1.0, "Nuit"), (1.0, "Jour"), (2.0, "Nuit"), (3.0, "Mer"))):
        with tempfile.TemporaryDirectory() as folder:
            path = put(Path(folder) / f"{number}.flac", seconds=seconds)
            tag(path, title=title, artist="Ida Ravn", album="Ete")
            made.append(Path(os.fsdecode(path)).read_bytes())
    return made


_SHEET = 'FILE "{}" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n  TRACK 02 AUDIO\n    INDEX 01 00:01:00\n'
_A_FILE_A_TRACK = (
    'FILE "1.flac" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n'
    'FILE "2.flac" WAVE\n  TRACK 02 AUDIO\n    INDEX 01 00:00:00\n'
)
_SHEETS = (_SHEET.format("disc.flac"), _SHEET.format("a/1.flac"), _SHEET.format("nowhere.flac"), _A_FILE_A_TRACK, "?")

_Act = tuple[Any, ...]
_place = st.tuples(st.sampled_from(_FOLDERS), st.sampled_from(_NAMES))
_folder = st.sampled_from(_FOLDERS)
_number = st.integers(0, 7)
_acts = st.one_of(
    st.tuples(st.just("write"), _place, _number),
    st.tuples(st.just("replace"), _place, _number),
    st.tuples(st.just("move"), _place, _place),
    st.tuples(st.just("swap"), _place, _place),
    st.tuples(st.just("copy"), _place, _place),
    st.tuples(st.just("hard link"), _place, _place),
    st.tuples(st.just("link"), _place, _place),
    st.tuples(st.just("delete"), _place),
    st.tuples(st.just("touch"), _place, _number),
    st.tuples(st.just("move folder"), _folder, _folder),
    st.tuples(st.just("delete folder"), _folder),
    st.tuples(st.just("copy root"), _number),
    st.tuples(st.just("no media"), _folder),
    st.tuples(st.just("sheet"), _folder, st.integers(0, 4)),
    st.tuples(st.just("no sheet"), _folder),
    st.tuples(st.just("away"), _number),
    st.tuples(st.just("remove"), _number),
    st.tuples(st.just("restore"), _number),
    st.tuples(st.just("rate"), _number),
    st.tuples(st.just("forget a sound"), _number),
    st.tuples(st.just("forget refused"), _number),
    st.tuples(st.just("scan"), st.sampled_from((0, 10))),
    st.tuples(st.just("scan"), st.sampled_from((0, 10))),
    st.tuples(st.just("scan"), st.sampled_from((0, 10))),
    st.tuples(st.just("scan some"), _folder),
    st.tuples(st.just("stop a scan"), _number),
)


class _World:
    """One folder of music, and two libraries over it: one remembers how folders were left, the other does not."""

    def __init__(self, folder: Path) -> None:
        self.music, self._contents, self._ticks = folder / "music", _contents(), 1_000
        self.music.mkdir()
        self.both = [Library(a_database(folder / name), self.music, []) for name in ("quick", "plain")]
        for library in self.both:
            library.roots.add(os.fsencode(self.music), NOW_MS)

    def close(self) -> None:
        for library in self.both:
            library.database.close()

    def do(self, act: _Act) -> None:
        name, *given = act
        on_disk = getattr(self, "_" + name.replace(" ", "_"), None)
        if name in {"scan", "scan some", "stop a scan"}:
            self._compare(name, given[0])
        elif on_disk is not None:
            try:
                on_disk(*given)
            except OSError:
                return  # there is nothing, or something else: a listener's act that failed
        else:
            for library in self.both:
                _edit(library, name, given[0])

    def _compare(self, name: str, given: Any) -> None:
        reports: list[ScanReport] = []
        for library, plain in zip(self.both, (False, True), strict=True):
            if plain:
                _forget_folders(library)
            options: dict[str, Any] = {"min_length_s": given} if name == "scan" else {}
            if name == "scan some":
                options["only"] = [os.fsencode(self.music / given)]
            if name == "stop a scan":
                folders = sum(1 for _ in Walk([os.fsencode(self.music)]).listings())
                options["stop_after"] = min(given, max(0, folders - 1))  # while it still looks
            reports.append(library.scan(**options))
        self._compare_reports(*reports)
        assert _rows(self.both[0], _ALL) == _rows(self.both[1], _ALL)
        assert _rows(self.both[0], _REFUSED) == _rows(self.both[1], _REFUSED)

    def _compare_reports(self, quick: ScanReport, plain: ScanReport) -> None:
        assert quick.cancelled == plain.cancelled
        if quick.cancelled:
            return  # how far each had come is another matter
        for number in ("read", "unchanged", "moved", "missing", "returned"):
            assert getattr(quick, number) == getattr(plain, number), number
        assert sorted(quick.refused, key=repr) == sorted(plain.refused, key=repr)
        assert sorted(quick.troubles) == sorted(plain.troubles)

    def _at(self, place: tuple[str, str]) -> Path:
        path = self.music / place[0] / place[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _dated(self, path: Path) -> None:
        """Later than all before: what a rescan goes by must not depend on how fast the test is."""
        self._ticks += 1
        os.utime(path, (self._ticks, self._ticks))

    def _write(self, place: tuple[str, str], number: int) -> None:
        path = self._at(place)
        path.write_bytes(self._contents[number % len(self._contents)])
        self._dated(path)

    def _replace(self, place: tuple[str, str], number: int) -> None:
        new = self._at((place[0], "new.part"))
        new.write_bytes(self._contents[number % len(self._contents)])
        self._dated(new)
        new.replace(self._at(place))

    def _move(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        self._at(one).rename(self._at(other))

    def _swap(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        self._at(one).rename(self.music / "between")
        self._at(other).rename(self._at(one))
        (self.music / "between").rename(self._at(other))

    def _copy(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        shutil.copy2(self._at(one), self._at(other))

    def _hard_link(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        os.link(self._at(one), self._at(other))

    def _link(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        self._at(other).symlink_to(self._at(one))

    def _delete(self, place: tuple[str, str]) -> None:
        self._at(place).unlink()

    def _touch(self, place: tuple[str, str], seconds: int) -> None:
        os.utime(self._at(place), (seconds, seconds))

    def _move_folder(self, one: str, other: str) -> None:
        (self.music / one).rename(self.music / other / "moved")

    def _delete_folder(self, folder: str) -> None:
        if folder:
            shutil.rmtree(self.music / folder)

    def _copy_root(self, _number: int) -> None:
        """As a backup that is put back: other inodes."""
        other = self.music.with_name("other")
        shutil.copytree(self.music, other, symlinks=True)
        shutil.rmtree(self.music)
        other.rename(self.music)

    def _no_media(self, folder: str) -> None:
        path = self.music / folder / ".nomedia"
        path.unlink() if path.exists() else path.touch()

    def _sheet(self, folder: str, number: int) -> None:
        path = self._at((folder, "disc.cue"))
        path.write_text(_SHEETS[number])
        self._dated(path)

    def _no_sheet(self, folder: str) -> None:
        (self.music / folder / "disc.cue").unlink()

    def _away(self, _number: int) -> None:
        away = self.music.with_name("away")
        (away.rename(self.music)) if away.exists() else self.music.rename(away)


def _edit(library: Library, name: str, number: int) -> None:
    """What the listener, or a program, does to the library itself."""
    ids = [row[0] for row in _rows(library, "select id from track order by id")]
    chosen = ids[number : number + 1]
    if name == "remove":
        library.tracks.remove(chosen, NOW_MS)
    elif name == "restore":
        library.tracks.restore(chosen)
    elif name == "rate" and chosen:
        library.tracks.rate(chosen[0], 80)
    elif name == "forget a sound":
        with library.database.write() as connection:
            connection.execute("update track set audio_hash = null where id = ?", (number,))
    elif name == "forget refused":
        library.roots.forget_refused([file.path for file in library.roots.refused()[number : number + 1]])


def _forget_folders(library: Library) -> None:
    with library.database.write() as connection:
        connection.execute("delete from folder_sheets")
        connection.execute("update folder set looks = x''")


def _rows(library: Library, query: str) -> list[Any]:
    with library.database.read() as connection:
        return connection.execute(query).fetchall()


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(acts=st.lists(_acts, min_size=12, max_size=30))
def test_whatever_happens_between_scans_the_library_is_as_if_every_file_were_compared(acts: list[_Act]) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr("app.library.cage.TagCage", _Reader)
        world = _World(Path(folder))
        try:
            for act in [*acts, ("scan", 0), ("scan", 0)]:
                world.do(act)
        finally:
            world.close()


def test_tracks_of_folders_that_look_as_they_were_left_are_not_asked_for(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a/1", "a/2", "b/3", "c/4"):
        put(library.music / f"{name}.flac")
    put(library.music / "a/bad.flac", b"no sound")
    (library.music / "c/names.cue").write_text(_A_FILE_A_TRACK)
    library.scan()
    asked = list[bytes]()
    tracks = FolderStore.tracks
    monkeypatch.setattr(FolderStore, "tracks", lambda self, folder: asked.append(folder) or tracks(self, folder))
    monkeypatch.setattr("app.library.sheets.Sheets.meet", lambda *_: pytest.fail("the sheet was read again"))
    report = library.scan()
    assert (report.unchanged, report.read, len(report.unreadable), asked) == (4, 0, 1, [])
    put(library.music / "b/5.flac")
    assert (library.scan().read, asked) == (1, [os.fsencode(library.music / "b")])
    assert (library.scan().unchanged, asked) == (5, [os.fsencode(library.music / "b")])


def test_whoever_changes_a_track_by_hand_has_its_file_looked_at(library: Library) -> None:
    put(library.music / "a/1.flac")
    put(library.music / "b/2.flac")
    library.scan()
    with library.database.write() as connection:
        connection.execute("update track set mtime_ns = mtime_ns + 1, title = 'spoiled' where id = 1")
        connection.execute("delete from track where id = 2")
    report = library.scan()
    assert (report.read, report.unchanged) == (2, 0)
    assert library.at("a/1.flac").title == "1"


def test_what_is_kept_of_a_folder_in_other_bytes_is_written_anew(library: Library) -> None:
    put(library.music / "a/1.flac")
    library.scan()
    before = _rows(library, "select path, looks from folder")
    with library.database.write() as connection:
        connection.execute("update folder set looks = x'00'")
    assert library.scan().unchanged == 1
    assert _rows(library, "select path, looks from folder") == before
