import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.loaders.log import DataError
from recommender.training import listens as reading
from recommender.training.fields import Line, parsed_line
from recommender.training.listens import Listens, read_listens

from .lines import MBIDS, NOON, a_crowd, flat, listenbrainz, written


def rows(found: Listens) -> list[Line]:
    def text(texts: list[str], code: int) -> str:
        return texts[code] if code >= 0 else ""

    return [
        Line(
            text(found.users, found.user[row]),
            int(found.at_s[row]),
            text(found.artists, found.artist[row]),
            text(found.titles, found.title[row]),
            text(found.mbids, found.mbid[row]),
            int(found.played_ms[row]),
        )
        for row in range(len(found))
    ]


BOTH = Line("ann", NOON, "Portishead", "Roads", MBIDS[1], -1)


@pytest.mark.parametrize("kind", [listenbrainz, flat])
def test_both_ways_to_write_a_listen_are_read(tmp_path: Path, kind: Any) -> None:
    line = kind("ann", NOON, "Portishead", "Roads", MBIDS[1])
    found = read_listens([written(tmp_path / "a.jsonl", [line])])
    assert rows(found) == [BOTH] == [parsed_line(json.dumps(line))]


def test_parquet_is_read_as_listenbrainz_writes_it(tmp_path: Path) -> None:
    columns = {
        "listened_at": pa.array([NOON, NOON + 9], pa.timestamp("ms")).cast(pa.timestamp("ms")),
        "user_id": pa.array([7, 8], pa.int32()),
        "artist_name": pa.array(["Portishead", None]),
        "recording_name": pa.array(["Roads", "Over"]).dictionary_encode(),
        "recording_mbid": pa.array([MBIDS[1], None]),
        "release_name": pa.array(["Dummy", "Portishead"]),
    }
    columns["listened_at"] = pa.array([NOON * 1000, (NOON + 9) * 1000], pa.int64()).cast(pa.timestamp("ms"))
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    found = read_listens([tmp_path])
    assert rows(found) == [
        Line("7", NOON, "Portishead", "Roads", MBIDS[1], -1),
        Line("8", NOON + 9, "", "Over", "", -1),
    ]


def test_files_and_folders_are_read_together_compressed_or_not(tmp_path: Path) -> None:
    lines = a_crowd(6)
    written(tmp_path / "a.jsonl", lines[:50])
    with gzip.open(tmp_path / "b.listens.gz", "wb") as file:
        file.write("\n".join(map(json.dumps, lines[50:])).encode())
    (tmp_path / "notes.txt").write_text("no listens")
    assert rows(read_listens([tmp_path])) == [parsed_line(json.dumps(line)) for line in lines]


@pytest.mark.parametrize("size", [64, 500, 1 << 20])
def test_where_blocks_end_does_not_matter(tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BLOCK_BYTES", size)
    lines = a_crowd(3)
    path = written(tmp_path / "a.jsonl", lines)
    path.write_bytes(path.read_bytes()[:-1])  # the last line without its end
    found = read_listens([path])
    if size > 500:
        assert found.unread == 0
        assert len(found) == len(lines)
    assert rows(found) == [line for line in rows(found) if line in [parsed_line(json.dumps(one)) for one in lines]]


BAD = [
    "{",
    "[]",
    '"text"',
    '{"user": ["a"], "time": 5}',
    '{"user": "a", "time": "5", "artist": "b", "title": "c"}',
    '{"user": "a", "time": 5.5, "artist": "b", "title": "c"}',
    '{"user": "a", "time": true, "artist": "b", "title": "c"}',
    '{"user": "a", "time": 1e400, "artist": "b", "title": "c"}',
    '{"user": "a", "time": 5, "artist": {"name": "b"}, "title": "c"}',
    '{"user": "a", "time": 5, "track_metadata": "text"}',
    '{"user": "a", "time": 123456789012345678901234567890, "artist": "b", "title": "c"}',
    "[" * 100_000,
    b"\xff\xfe\x00",
]


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_line_costs_itself_alone_and_is_counted(tmp_path: Path, bad: Any) -> None:
    good = flat("ann", NOON, "Portishead", "Roads", MBIDS[1])
    found = read_listens([written(tmp_path / "a.jsonl", [good, bad, "", good])])
    assert rows(found) == [BOTH, BOTH]
    assert found.unread == 1


def test_users_told_by_number_and_by_name_may_stand_in_one_file(tmp_path: Path) -> None:
    lines = [flat("ann", NOON, "a", "b"), {**flat("", NOON, "a", "b"), "user": 12}]
    assert [row.user for row in rows(read_listens([written(tmp_path / "a.jsonl", lines)]))] == ["ann", "12"]


def test_what_is_no_file_of_listens_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="does not exist"):
        read_listens([tmp_path / "none.jsonl"])
    with pytest.raises(DataError, match="no listens there"):
        read_listens([tmp_path])
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and nothing more")
    with pytest.raises(DataError, match="damaged"):
        read_listens([tmp_path])


TEXT = st.one_of(st.none(), st.text(max_size=5), st.integers(-3, 3), st.booleans(), st.lists(st.none(), max_size=1))
NUMBER = st.one_of(st.none(), st.integers(-(2**60), 2**60), st.floats(), st.text(max_size=2), st.booleans())
META = st.one_of(
    TEXT,
    st.fixed_dictionaries(
        {},
        optional={
            "artist_name": TEXT,
            "track_name": TEXT,
            "mbid_mapping": st.one_of(TEXT, st.just({"recording_mbid": "x"})),
        },
    ),
)
LINE = st.fixed_dictionaries(
    {},
    optional={"user": TEXT, "user_name": TEXT, "time": NUMBER, "artist": TEXT, "title": TEXT, "track_metadata": META},
)


@given(st.lists(LINE, max_size=6))
def test_a_block_read_at_once_says_the_same_as_its_lines_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, lines: list[dict[str, Any]]
) -> None:
    path = written(tmp_path_factory.mktemp("lines") / "a.jsonl", lines)
    one_by_one = [parsed_line(line) for line in path.read_bytes().splitlines() if line.strip()]
    found = read_listens([path])
    assert rows(found) == [line for line in one_by_one if line is not None]
    assert found.unread == one_by_one.count(None)
