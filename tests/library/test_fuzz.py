"""Files spoiled by chance and files made to hurt: each is read or has a reason, in time, and the scan always ends.

``SEGUE_FUZZ_EXAMPLES`` says how many of the spoiled ones; with it they are other ones each time.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from app.domain.scan import ScanReport
from app.domain.tags import Tags
from app.library.cage import Refusal, TagCage
from app.library.scan import scan
from app.storage.database import Database
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database
from tests.library.fuzz_files import SEEDS, seed, spoiled_files
from tests.library.hostile import large_ones, small_ones
from tests.library.sounds import put

_EXAMPLES = os.environ.get("SEGUE_FUZZ_EXAMPLES", "")
_IMPATIENT_S = 1.0
"""For files that were made to take long."""
_MEMORY_BYTES = 400 << 20
_LARGEST = 1 << 63


@pytest.fixture(scope="module")
def cage() -> Iterator[TagCage]:
    """One reader for all: it survives, or is replaced."""
    with TagCage(memory_bytes=_MEMORY_BYTES) as reader:
        yield reader


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the spoiled file of each example is written."""
    return tmp_path_factory.mktemp("fuzz")


def read(cage: TagCage, path: bytes) -> Tags | Refusal:
    """The one answer for a file, looked at closely."""
    [(asked, said)] = [answer for answer in cage.read([path]) if answer is not None]
    assert asked == path
    if isinstance(said, Refusal):
        assert said.lasting, said
        assert said.reason.endswith("."), said
        assert said.reason.isprintable(), said
    else:
        assert_can_be_kept(said)
    return said


def assert_can_be_kept(tags: Tags) -> None:
    """Nothing in it breaks the database, the screen or arithmetic."""
    assert 0 <= tags.duration_ms < 1 << 40
    assert tags.rating is None or 0 <= tags.rating <= 100
    for name in Tags._fields:
        value = getattr(tags, name)
        if isinstance(value, str):
            value.encode("utf-8")
            assert len(value) <= 100_000, name
        elif isinstance(value, int):
            assert abs(value) < _LARGEST, name
        elif isinstance(value, float):
            assert abs(value) < 1e12, name  # neither infinite nor no number


@pytest.mark.parametrize("name", SEEDS)
def test_what_is_spoiled_was_readable_before(name: str, cage: TagCage, tmp_path: Path) -> None:
    extension, data = seed(name)
    said = read(cage, put(tmp_path / f"a.{extension}", data))
    assert isinstance(said, Tags), said
    assert said.title == ("" if name == "mp3-bare" else "Nuit")


@settings(max_examples=int(_EXAMPLES or 200), derandomize=not _EXAMPLES)
@given(spoiled=spoiled_files())
def test_a_spoiled_file_is_read_or_has_a_reason(spoiled: tuple[str, bytes], cage: TagCage, folder: Path) -> None:
    assert_no_harm(cage, folder, *spoiled)


@pytest.mark.slow
@settings(max_examples=6_000)
@given(spoiled=spoiled_files())
def test_thousands_of_spoiled_files_do_no_harm(spoiled: tuple[str, bytes], cage: TagCage, folder: Path) -> None:
    assert_no_harm(cage, folder, *spoiled)


def assert_no_harm(cage: TagCage, folder: Path, extension: str, data: bytes) -> None:
    """It is read or has a reason, and the reason is the file itself: it neither crashed nor held up the reader."""
    path = put(folder / f"a.{extension}", data)
    if b"MPCK" in data:
        # Mutagen follows a packet of Musepack 8 that has no size for ever: what the deadline is for.
        with TagCage(deadline_s=_IMPATIENT_S, memory_bytes=_MEMORY_BYTES) as impatient:
            read(impatient, path)
        return
    said = read(cage, path)
    if isinstance(said, Refusal):
        assert "crash" not in said.reason
        assert "took longer" not in said.reason, "a small file that hangs the reader is a bug"


@pytest.mark.parametrize("files", [small_ones, pytest.param(large_ones, marks=pytest.mark.slow)])
def test_a_hostile_file_is_read_or_has_a_reason(files: Callable[[], dict[str, bytes]], tmp_path: Path) -> None:
    with TagCage(deadline_s=_IMPATIENT_S, memory_bytes=_MEMORY_BYTES) as cage:
        said = {name: read(cage, put(tmp_path / name, data)) for name, data in files().items()}
    assert len(said) > 15


@pytest.mark.parametrize("files", [small_ones, pytest.param(large_ones, marks=pytest.mark.slow)])
def test_a_scan_of_all_of_them_ends_and_forgets_none(files: Callable[[], dict[str, bytes]], tmp_path: Path) -> None:
    for name, data in files().items():
        put(tmp_path / "music" / name, data)
    for name in SEEDS:
        extension, data = seed(name)
        put(tmp_path / "music" / f"good-{name}.{extension}", data)
    os.mkfifo(tmp_path / "music" / "pipe.mp3")
    database = a_database(tmp_path)
    report = _scanned(tmp_path / "music", database)
    assert report.read + len(report.refused) == len(files()) + len(SEEDS)
    assert report.read >= len(SEEDS)
    assert not report.troubles
    database.close()


def _scanned(music: Path, database: Database) -> ScanReport:
    steps = scan(
        [os.fsencode(music)],
        TrackStore(database),
        RootStore(database),
        lambda: False,
        min_length_s=0,
        now_ms=NOW_MS,
        deadline_s=_IMPATIENT_S,
        memory_bytes=_MEMORY_BYTES,
    )
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: ScanReport = end.value
            return report
