"""Files from outside: one that hangs in its drive holds up neither the next one nor the end of Segue."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.config.drives import _MOST_IN_ONE
from app.domain.track import Track
from app.library import playlist_files
from app.qt import file_service
from app.qt.file_service import FileService
from app.qt.jobs import Jobs
from tests.playback.sounds import music, write

DEAD = b"/share"


class Desk:
    """A service, and what it told."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs, self.service = jobs, FileService(jobs, lambda _path: None)
        self.told: list[tuple[str, object]] = []
        self.service.opened.connect(lambda track: self.told.append(("opened", self.name(track))))
        self.service.followed.connect(
            lambda tracks: self.told.append(("followed", [self.name(each) for each in tracks]))
        )
        self.service.folder_met.connect(lambda path: self.told.append(("folder", path)))
        self.service.trouble.connect(lambda sentence: self.told.append(("trouble", sentence)))

    @staticmethod
    def name(track: Track) -> str:
        return Path(os.fsdecode(track.path)).name


@pytest.fixture
def drive(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Whatever is asked of the dead share hangs until this is set."""
    answers = threading.Event()
    plain = os.path.isdir

    def isdir(path: bytes) -> bool:
        if isinstance(path, bytes) and path.startswith(DEAD):
            answers.wait()
        return plain(path)

    monkeypatch.setattr(os.path, "isdir", isdir)
    yield answers
    answers.set()


@pytest.fixture
def desk(qtbot: QtBot, drive: threading.Event) -> Iterator[Desk]:
    made = Desk(Jobs())
    yield made
    drive.set()
    made.jobs.shutdown()


@pytest.fixture
def files(tmp_path: Path) -> list[bytes]:
    return [os.fsencode(write(tmp_path / f"{name}.wav", music(1))) for name in "abc"]


def test_a_wish_for_a_file_that_hangs_is_overtaken_by_the_next(desk: Desk, qtbot: QtBot, files: list[bytes]) -> None:
    desk.service.open([DEAD + b"/hung.wav"])
    desk.service.open(files)
    qtbot.waitUntil(lambda: len(desk.told) == 2, timeout=20_000)
    assert desk.told == [("opened", "a.wav"), ("followed", ["b.wav", "c.wav"])]


def test_a_file_that_comes_late_follows_what_was_wished_for_meanwhile(
    desk: Desk, qtbot: QtBot, drive: threading.Event, files: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.qt.test_file_service.DEAD", os.path.dirname(files[0]) + b"/a")
    desk.service.open([files[0]])
    desk.service.open([files[1]])
    qtbot.waitUntil(lambda: bool(desk.told), timeout=20_000)
    drive.set()
    qtbot.waitUntil(lambda: len(desk.told) == 2, timeout=20_000)
    assert desk.told == [("opened", "b.wav"), ("followed", ["a.wav"])]


def test_a_file_whose_drive_never_answers_is_told_and_its_neighbours_play(
    desk: Desk, qtbot: QtBot, files: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_service, "LONGEST_S", 0.5)
    desk.service.open([DEAD + b"/hung.wav", files[0], DEAD + b"/too.wav", os.path.dirname(files[0])])
    qtbot.waitUntil(lambda: len(desk.told) == 3, timeout=20_000)
    sentence = "“hung.wav” was not opened. Its drive does not answer. 1 other file could not be opened either."
    folder = ("folder", os.path.dirname(files[0]))
    assert desk.told == [folder, ("opened", "a.wav"), ("trouble", sentence)]


@pytest.mark.parametrize("way", ["opened", "dropped"])
def test_a_playlist_file_stands_for_what_it_names(
    desk: Desk, qtbot: QtBot, files: list[bytes], tmp_path: Path, way: str
) -> None:
    playlist = tmp_path / "mine.m3u8"
    playlist.write_text(
        "#EXTM3U\nc.wav\n#EXTINF:1,x\nhttp://example.org/b.mp3\n//host/share/d.wav\ngone.wav\n./a.wav\nmine.m3u8\n"
    )
    came: list[list[str]] = []
    if way == "opened":
        desk.service.open([os.fsencode(playlist)])
    else:
        desk.service.gather([os.fsencode(playlist)], lambda tracks: came.append([desk.name(each) for each in tracks]))
    qtbot.waitUntil(lambda: ("trouble", SENTENCE) in desk.told, timeout=20_000)
    if way == "opened":
        qtbot.waitUntil(lambda: len(desk.told) == 3, timeout=20_000)
        assert desk.told[0] == ("opened", "c.wav")
        assert ("followed", ["a.wav"]) in desk.told
    else:
        assert came == [["c.wav", "a.wav"]]


SENTENCE = "“b.mp3” was not opened. Segue opens files of this machine only. 3 other files could not be opened either."


def test_a_playlist_file_may_name_files_of_a_drive_that_does_not_answer(
    desk: Desk, qtbot: QtBot, files: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_service, "LONGEST_S", 0.3)
    asked: list[bytes] = []
    looked_at = file_service._looked_at

    def counted(path: bytes, asks: Callable[[], bool]) -> bool:
        asked.append(path)
        return looked_at(path, asks)

    monkeypatch.setattr(file_service, "_looked_at", counted)
    playlist = tmp_path / "mine.m3u8"
    names = [os.fsdecode(DEAD) + f"/album/{number}.wav" for number in range(300)]
    playlist.write_text("\n".join([*names, "a.wav", "b.wav", ""]))
    desk.service.open([bytes(playlist)])
    qtbot.waitUntil(lambda: len(desk.told) == 3, timeout=20_000)
    sentence = "“0.wav” was not opened. Its drive does not answer. 299 other files could not be opened either."
    assert desk.told == [("opened", "a.wav"), ("trouble", sentence), ("followed", ["b.wav"])]
    assert sorted(map(os.path.dirname, asked)) == [DEAD + b"/album", os.fsencode(tmp_path)], "each is asked once"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"#EXTM3U\n", "It names no files."), (b"\0" * 99, "was not opened"), (b"<playlist><!DOCTYPE", "is not read")],
)
def test_a_playlist_file_that_is_none_is_told(
    desk: Desk, qtbot: QtBot, tmp_path: Path, content: bytes, said: str
) -> None:
    playlist = tmp_path / ("bad.xspf" if content.startswith(b"<") else "bad.m3u")
    playlist.write_bytes(content)
    desk.service.open([os.fsencode(playlist)])
    qtbot.waitUntil(lambda: bool(desk.told), timeout=20_000)
    ((_, sentence),) = desk.told
    assert said in str(sentence)


@pytest.mark.parametrize("way", ["opened", "dropped"])
def test_hundreds_of_files_that_are_no_music_are_told_in_one_sentence_that_counts_them(
    desk: Desk, qtbot: QtBot, files: list[bytes], tmp_path: Path, way: str
) -> None:
    paths = [os.fsencode(tmp_path / f"{number}.mp3") for number in range(200)]
    for path in paths:
        Path(os.fsdecode(path)).touch()
    came: list[list[str]] = []
    if way == "opened":
        desk.service.open([*paths, files[0]])
    else:
        desk.service.gather([*paths, files[0]], lambda tracks: came.append([desk.name(each) for each in tracks]))
    qtbot.waitUntil(lambda: bool(desk.told) and desk.told[-1][0] == "trouble", timeout=20_000)
    played = [("opened", "a.wav")] if way == "opened" else []
    sentence = "“0.mp3” was not opened. It is empty. 199 other files could not be opened either."
    assert desk.told == [*played, ("trouble", sentence)]
    assert came == ([] if way == "opened" else [["a.wav"]])


def test_what_is_dropped_is_gathered_without_what_hangs(
    desk: Desk, qtbot: QtBot, files: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_service, "LONGEST_S", 0.5)
    came: list[list[str]] = []
    desk.service.gather(
        [DEAD, os.path.dirname(files[0])], lambda tracks: came.append([desk.name(each) for each in tracks])
    )
    qtbot.waitUntil(lambda: bool(desk.told), timeout=20_000)
    assert came == [["a.wav", "b.wav", "c.wav"]]
    assert desk.told == [("trouble", "“share” was not opened. Its drive does not answer.")]


def test_the_end_of_segue_does_not_wait_for_a_drive(desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    desk.service.open([DEAD + b"/hung.wav"])
    desk.service.gather([DEAD], lambda _tracks: None)
    qtbot.waitUntil(lambda: len(desk.jobs._running) == 2)
    running = list(desk.jobs._running)
    desk.jobs.shutdown()
    assert [job.is_running() for job in running] == [False, False]
    assert "did not stop" not in caplog.text
    assert desk.told == []


def test_many_wishes_for_a_dead_drive_end_and_do_not_become_many_jobs_or_threads(
    desk: Desk, qtbot: QtBot, files: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_service, "LONGEST_S", 0.5)
    monkeypatch.setattr(desk.jobs.drives, "_drive_of", lambda path: path[: len(DEAD)])
    desk.service._late.setInterval(1)
    most = 0

    def over() -> bool:
        nonlocal most
        most = max(most, desk.jobs.running())
        return ("opened", "a.wav") in desk.told

    for number in range(40):
        desk.service.open([DEAD + b"/%d.wav" % number])
    desk.service.open([files[0]])
    qtbot.waitUntil(over, timeout=20_000)
    assert most <= file_service._MOST_AT_ONCE + 1, "one may be on its way out"
    assert desk.jobs.drives.stuck <= _MOST_IN_ONE + file_service._MOST_AT_ONCE


@pytest.mark.parametrize("gathered", [False, True])
@pytest.mark.parametrize(("lists", "told"), [(2, False), (3, True), (50, True)])
def test_of_several_huge_playlist_files_the_first_files_are_opened_and_it_is_said_that_there_are_more(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lists: int, told: bool, gathered: bool
) -> None:
    monkeypatch.setattr("app.library.outside.MOST_FILES", 6)
    read, came, plain = list[bytes](), list[str](), playlist_files.read
    monkeypatch.setattr("app.library.playlist_files.read", lambda path: read.append(path) or plain(path))
    for number in range(7):
        write(tmp_path / f"{number}.wav", music(1))
    paths = [tmp_path / f"{number:02}.m3u" for number in range(lists)]
    for number, path in enumerate(paths):
        path.write_text("".join(f"{3 * number + entry}.wav\n" for entry in range(3)))
    if gathered:
        desk.service.gather(list(map(os.fsencode, paths)), lambda tracks: came.extend(map(desk.name, tracks)))
    else:
        desk.service.opened.connect(lambda track: came.append(desk.name(track)))
        desk.service.followed.connect(lambda tracks: came.extend(map(desk.name, tracks)))
        desk.service.open(list(map(os.fsencode, paths)))
    qtbot.waitUntil(lambda: len(came) == 6, timeout=10_000)
    assert came == [f"{number}.wav" for number in range(6)]
    sentence = "Only the first 6 files were opened: more at once would keep you waiting."
    qtbot.waitUntil(lambda: [one for kind, one in desk.told if kind == "trouble"] == [sentence] * told, timeout=10_000)
    assert len(read) <= 3


def test_addresses_on_the_web_without_end_are_not_all_told(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.library.outside.MOST_FILES", 6)
    for number in range(3):
        (tmp_path / f"{number}.m3u").write_text("http://host/a.mp3\n" * 5)
    desk.service.open([os.fsencode(tmp_path / f"{number}.m3u") for number in range(3)])
    qtbot.waitUntil(lambda: len(desk.told) == 1, timeout=20_000)
    assert str(desk.told[0][1]).endswith("6 other files could not be opened either.")
