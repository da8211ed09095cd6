"""Files that lie, break off, swell, hang, or are not what they say: each costs itself alone."""

import io
import json
import os
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import SegueError
from app.history.import_ import row, texts
from app.history.import_.registry import SOURCES, source_of
from app.history.import_.row import OLDEST_MS, Refused, Row
from app.history.import_.source import HEAD_BYTES, Head
from app.storage.database import Database
from app.storage.plays import PlayStore
from tests.helpers.builders import NOW_MS
from tests.history.import_.exports import (
    AT_S,
    imported,
    lastfm_page,
    lastfm_track,
    lines,
    listen,
    streamed,
    written,
    zipped,
)


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (NOW_MS // 1000 + 86_400, row.TOO_NEW),
        (NOW_MS + 86_400_000, row.TOO_NEW),
        (0, row.NO_TIME),
        (-5, row.NO_TIME),
        (1, row.TOO_OLD),
        (OLDEST_MS // 1000 - 1, row.TOO_OLD),
        (None, row.NO_TIME),
        (True, row.NO_TIME),
        ("soon", row.NO_TIME),
        ([AT_S], row.NO_TIME),
        (float("nan"), row.NO_TIME),
        (1e308, row.TOO_NEW),
        (10**400, row.NO_TIME),
        ("9" * 31, row.TOO_NEW),
        ("0000-00-00 00:00", row.NO_TIME),
    ],
)
def test_a_time_that_cannot_be(database: Database, tmp_path: Path, at: object, reason: str) -> None:
    report = imported(database, lines(tmp_path, [listen(at_s=at), listen("Jour")]))
    assert ([each.reason for each in report.unusable], report.new) == ([reason], 1)


@pytest.mark.parametrize("at", [AT_S, float(AT_S), str(AT_S), AT_S * 1000, AT_S * 1_000_000, "2020-09-13T12:26:40Z"])
def test_seconds_milliseconds_and_dates_are_one_time(database: Database, tmp_path: Path, at: object) -> None:
    imported(database, lines(tmp_path, [listen(at_s=at)]))
    assert PlayStore(database).recent(2)[0].started_at == AT_S * 1000


@pytest.mark.parametrize("bad", ["", " ", "\x00", "\ud800", 5, None, ["a"], {"a": 1}, "\u200b\u202e"])
def test_names_that_are_none(database: Database, tmp_path: Path, bad: Any) -> None:
    report = imported(database, lines(tmp_path, [listen("Jour"), listen(bad), listen(artist=bad)]))
    assert ([(each.reason, each.count) for each in report.unusable], report.new) == ([(row.NO_NAMES, 2)], 1)


def test_names_are_cleaned_and_bounded(database: Database, tmp_path: Path) -> None:
    imported(database, lines(tmp_path, [listen("N\x00u\ud800i\nt\u202e" + "!" * 100_000)]))
    (play,) = PlayStore(database).recent(2)
    assert play.title.startswith("Nui t!!!") and len(play.title) <= 500


@pytest.mark.parametrize(
    "more",
    [
        {"duration_ms": -1, "duration_played": -1},
        {"duration_ms": 1e300, "duration_played": float("inf")},
        {"duration_ms": "x", "duration_played": {}},
        {"duration_ms": True, "recording_mbid": ["a"]},
        {"recording_mbid": "../../etc", "duration": 10**30},
    ],
)
def test_what_else_is_told_may_be_anything(database: Database, tmp_path: Path, more: dict[str, object]) -> None:
    assert imported(database, lines(tmp_path, [listen(**more)])).new == 1
    (play,) = PlayStore(database).recent(2)
    assert (play.duration_ms, play.played_ms) == (0, 240_000)


def test_bad_lines_cost_themselves_alone(database: Database, tmp_path: Path) -> None:
    good = json.dumps(listen()).encode()
    deep = b"[" * 100_000
    other = json.dumps(listen("Jour", AT_S + 900)).encode()
    wrong = "{'title': 'Nuit'}".encode("utf-16-le")
    long = b'{"a": "' + b"x" * (3 << 20) + b'"}'
    body = b"\n".join(
        [good, b"null", b"5", b"[]", b"{", deep, b'{"a":' * 50_000, wrong, b"\x00" * 99, long, b"", other]
    )
    report = imported(database, written(tmp_path, body))
    assert report.new == 2
    assert {each.reason for each in report.unusable} == {row.NO_PLAY, row.TOO_LONG}


def test_text_in_another_encoding_is_left_out_not_guessed(database: Database, tmp_path: Path) -> None:
    table = f"artist,track,uts\nBj\xf6rk,J\xf3ga,{AT_S}\nIda,Nuit,{AT_S}\n".encode("latin-1")
    report = imported(database, written(tmp_path, table))
    assert (report.new, [each.reason for each in report.unusable]) == (1, [row.NO_TEXT])


@pytest.mark.parametrize(
    "tail",
    [b"", b", {", b", nonsense]", b"]" * 3, b", " + b"[" * 100, b", " + b'{"a":' * 100_000, b', "' + b"x" * (3 << 20)],
)
def test_a_list_that_breaks_off_keeps_what_came_before(database: Database, tmp_path: Path, tail: bytes) -> None:
    body = json.dumps([listen(), listen("Jour", AT_S + 900)]).encode().rstrip(b"]") + tail
    report = imported(database, written(tmp_path, body))
    assert report.new == 2
    assert {each.reason for each in report.unusable} <= {row.DAMAGED, row.NO_PLAY}
    assert (report.refused > 0) is (tail != b"]" * 3)


def test_a_quote_that_never_closes_costs_its_line(database: Database, tmp_path: Path) -> None:
    table = f'artist,track,uts\nIda,"Nuit,{AT_S}\nIda,Jour,{AT_S}\n' + "," * 200_000 + f"\nIda,Soir,{AT_S + 900}\n"
    assert imported(database, written(tmp_path, table)).new == 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00" * 100,
        b"[]",
        b"{}",
        b"[" * 100_000,
        b"ID3\x04",
        b"<xml/>",
        b"PK\x03\x04",
        b"PK\x05\x06" + b"\x00" * 18,
    ],
)
def test_what_is_no_history_says_so(database: Database, tmp_path: Path, body: bytes) -> None:
    with pytest.raises(SegueError, match=r"x\.json"):
        imported(database, written(tmp_path, body, "x.json"))


def test_what_is_no_file_says_so(database: Database, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", Path("/dev/zero"), tmp_path / "gone.csv"):
        with pytest.raises(SegueError, match=path.name):
            imported(database, bytes(path))
    with pytest.raises(SegueError):
        imported(database, b"a\x00b")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SegueError, match="empty"):
        imported(database, bytes(tmp_path / "empty"))


def test_one_file_that_is_none_stops_before_anything_is_written(database: Database, tmp_path: Path) -> None:
    with pytest.raises(SegueError, match=r"x\.txt"):
        imported(database, lines(tmp_path, [listen()]), written(tmp_path, b"hello", "x.txt"))
    assert PlayStore(database).count() == 0


def test_a_folder_is_as_good_as_its_zip(database: Database, tmp_path: Path) -> None:
    inner = tmp_path / "export" / "listens" / "2020"
    inner.mkdir(parents=True)
    lines(inner, [listen()], "9.jsonl")
    os.mkfifo(inner / "10.jsonl")
    (inner / "user.json").write_text("{}")
    assert imported(database, bytes(tmp_path / "export")).new == 1


def _bomb(folder: Path, megabytes: int) -> bytes:
    path = folder / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("1.jsonl", "w") as member:
        member.write(json.dumps(listen()).encode() + b"\n")
        for _ in range(megabytes):
            member.write(b" " * (1 << 20))
    return bytes(path)


def test_a_zip_that_swells_is_not_read_to_its_end(database: Database, tmp_path: Path) -> None:
    with pytest.raises(SegueError, match="without end"):
        imported(database, _bomb(tmp_path, 200))
    assert PlayStore(database).count() == 0


def test_a_zip_with_too_many_names_or_a_packing_of_its_own_is_refused(database: Database, tmp_path: Path) -> None:
    many = tmp_path / "many.zip"
    end = b"PK\x05\x06" + b"\x00" * 4 + b"\xff\xff" * 2 + b"\xff\xff\xff\x7f" + b"\x00" * 4 + b"\x00\x00"
    many.write_bytes(b"PK\x03\x04" + b"\x00" * 100 + end)
    with pytest.raises(SegueError, match="too many"):
        imported(database, bytes(many))
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("1.jsonl", json.dumps(listen()))
    with pytest.raises(SegueError, match="packed in a way"):
        imported(database, bytes(packed))


def test_a_damaged_zip_says_so(database: Database, tmp_path: Path) -> None:
    path = zipped(tmp_path, {"1.jsonl": json.dumps(listen()) * 50})
    whole = bytearray(Path(os.fsdecode(path)).read_bytes())
    for at in (60, len(whole) // 2, len(whole) - 30):
        broken = whole[:]
        broken[at] ^= 0xFF
        Path(os.fsdecode(path)).write_bytes(broken)
        with pytest.raises(SegueError):
            imported(database, path)


def test_a_member_that_points_outside_is_only_read(database: Database, tmp_path: Path) -> None:
    path = zipped(tmp_path, {"../../evil.jsonl": json.dumps(listen()), "/etc/x.json": json.dumps([streamed()])})
    assert imported(database, path).read == 2
    assert not (tmp_path.parent.parent / "evil.jsonl").exists()


def test_a_line_of_a_gigabyte_takes_no_memory() -> None:
    class Endless(io.RawIOBase):
        left = 256

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            return b"x" * size if self.left >= 0 else b""

    tracemalloc.start()
    assert [one for one in texts.lines(Endless()) if isinstance(one, str)] == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 << 20


@pytest.mark.slow
def test_the_rows_of_a_large_file_do_not_lie_in_memory(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    with path.open("w") as file:
        for n in range(30_000):
            file.write(json.dumps(listen(f"Song {n % 500} " + "x" * 400, AT_S + n * 200)) + "\n")
    tracemalloc.start()
    assert imported(database, bytes(path)).new == 30_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size, "and a history that is longer takes no more"


_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_GOOD = st.sampled_from([listen(), lastfm_page(lastfm_track()), lastfm_track(), streamed()])


def _read(body: bytes) -> list[Row | Refused]:
    head = Head.of(body[:HEAD_BYTES])
    source = source_of(head)
    return [] if source is None else list(source.read(io.BytesIO(body), head, NOW_MS))


def _is_sound(one: Row | Refused) -> bool:
    if isinstance(one, Refused):
        return isinstance(one.example, str)
    names = one.artist, one.title
    return all(names) and all("\x00" not in name for name in names) and OLDEST_MS <= one.started_at <= NOW_MS + 300_000


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    _GOOD,
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "date",
                    "artist",
                    "name",
                    "ts",
                    "ms_played",
                    "listened_at",
                    "track_metadata",
                    "recenttracks",
                    "@attr",
                    "master_metadata_track_name",
                ]
            ),
            _VALUES,
        ),
        max_size=4,
    ),
    st.booleans(),
)
def test_whatever_stands_in_an_object_becomes_a_row_or_a_reason(
    good: dict[str, Any], changes: list[tuple[str, Any]], in_list: bool
) -> None:
    values = [good, {**good, **dict(changes)}, dict(changes)]
    body = json.dumps(values) if in_list else "\n".join(json.dumps(value) for value in values)
    found = _read(body.encode())
    assert found
    assert all(_is_sound(one) for one in found)


@given(
    st.binary(max_size=300),
    st.sampled_from(
        [
            json.dumps([listen()]).encode(),
            json.dumps(listen()).encode() + b"\n",
            b"#AUDIOSCROBBLER/1.1\n#TZ/UTC\n",
            b"artist,track,uts\n",
            b"PK\x03\x04",
            b"",
        ]
    ),
    st.integers(0, 400),
)
def test_any_bytes_anywhere_do_no_harm(raw: bytes, start: bytes, at: int) -> None:
    assert all(_is_sound(one) for one in _read(start[:at] + raw + start[at:]))


def test_each_source_is_proved_by_a_file_of_its_own() -> None:
    heads = [
        json.dumps(listen()),
        json.dumps(lastfm_track()),
        json.dumps(streamed()),
        json.dumps({"endTime": "x", "msPlayed": 1}),
        "#AUDIOSCROBBLER/1.0",
        "a,b,c,13 Sep 2020 12:26",
        "artist,title,uts\nIda,Nuit,5",
    ]
    assert [source_of(Head.of(head.encode())) for head in heads] == list(SOURCES)
