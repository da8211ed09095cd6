"""Files by the ends of their paths: the same as by a look at each, and without one where thousands have one name."""

import random

from app.domain.ids import RecordingKey, TrackId
from app.library.path_ends import PathEnds, common, parts
from app.storage.playlist_links import LibraryFile

_NEAR_MS = 5_000
_FOLDERS = ("A", "B", "CD1", "cd1", "Été", "A" * 3)


def _file(number: int, path: bytes, length_ms: int) -> LibraryFile:
    return LibraryFile(TrackId(number), path, "", "", "", length_ms, RecordingKey(f"key {number}"), True)


def _path(rng: random.Random) -> bytes:
    folders = [rng.choice(_FOLDERS) for _ in range(rng.randrange(4))]
    return "/".join(["", *folders, rng.choice(("01.mp3", "01.MP3", "é.mp3", "x"))]).encode()


def _in_folder_plainly(files: list[LibraryFile], path: bytes) -> list[list[LibraryFile]]:
    shared = {file.id: common(parts(file.path), parts(path)) for file in files}
    groups = [
        [file for file in files if shared[file.id] >= count] for count in sorted({*shared.values()}, reverse=True)
    ]
    return [group for group in groups if min(shared[file.id] for file in group) > 1]


def test_it_gives_what_a_look_at_every_file_would() -> None:
    rng = random.Random(7)
    for _ in range(300):
        files = [
            _file(number, _path(rng), rng.choice((0, 3_000, 100_000, 104_000, 106_000)))
            for number in range(1, rng.randrange(2, 20))
        ]
        ends = PathEnds(files)
        for path in [_path(rng) for _ in range(5)]:
            assert [list(group) for group in ends.in_folder(path)] == _in_folder_plainly(files, path)
            named = [file for file in files if parts(file.path)[0] == parts(path)[0]]
            assert ends.named(path, 0, _NEAR_MS) == named
            for length_ms in (2_000, 101_000):
                as_long = [f for f in named if not f.duration_ms or abs(f.duration_ms - length_ms) <= _NEAR_MS]
                assert ends.named(path, length_ms, _NEAR_MS) == as_long


def test_of_thousands_of_one_name_only_those_are_looked_at_that_may_be_meant() -> None:
    files = [_file(n, b"/music/Artist %d/Album %d/01.mp3" % (n // 10, n), 100_000 + n * 100) for n in range(5_000)]
    ends = PathEnds(files)
    met = [list(group) for group in ends.in_folder(b"/elsewhere/Artist 321/Album 3210/01.mp3")]
    assert met == [[files[3_210]]]
    assert not list(ends.in_folder(b"/elsewhere/Nobody/Nothing/01.mp3"))
    assert len(ends.named(b"/elsewhere/Nobody/Nothing/01.mp3", 300_000, _NEAR_MS)) == 2 * _NEAR_MS // 100 + 1


def test_a_name_of_any_bytes_has_its_place() -> None:
    files = [_file(1, b"/\xff\xfe/caf\xe9.mp3", 0), _file(2, "/\U0010ffff/\U0010ffff".encode(), 0), _file(3, b"", 0)]
    ends = PathEnds(files)
    assert [list(group) for group in ends.in_folder(b"/x/\xff\xfe/caf\xe9.mp3")] == [[files[0]]]
    assert ends.named("/y/\U0010ffff".encode(), 0, _NEAR_MS) == [files[1]]
    assert ends.named(b"", 0, _NEAR_MS) == [files[2]]
