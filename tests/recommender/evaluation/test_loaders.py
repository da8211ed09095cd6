"""Loaders: what they read, and what hostile files get: a sentence or a sensible answer."""

import gzip
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.loaders import collect, csv_file
from recommender.loaders.collect import Collector
from recommender.loaders.load import load
from recommender.loaders.log import DataError, Log, from_arrays


def written(folder: Path, content: str | bytes, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(folder: Path, content: str | bytes, name: str = "data.csv") -> Log:
    return load(written(folder, content, name))


def test_plays_with_times_and_lengths(tmp_path: Path) -> None:
    text = "listener,started_at,track,artist,ms_played\n7,1720199940,t1,a1,118469\n7,1720200100,t2,a1,-1\n"
    log = read(tmp_path, gzip.compress(text.encode()), "plays.csv.gz")
    assert (log.n_users, log.n_items, len(log)) == (1, 2, 2)
    assert log.at_s is not None
    assert log.at_s.tolist() == [1_720_199_940, 1_720_200_100]
    assert log.played_ms is not None
    assert log.played_ms.tolist() == [118_469, -1]
    assert log.has_plays


def test_hetrec_is_known_by_its_folder_and_the_artist_stands_for_the_item(tmp_path: Path) -> None:
    folder = tmp_path / "hetrec2011-lastfm"
    folder.mkdir()
    written(folder, "userID\tartistID\tweight\r\n2\t51\t13883\r\n2\t52\t11690\r\n3\t51\t1\r\n", "user_artists.dat")
    log = load(folder)
    assert log.table().toarray().tolist() == [[13883, 11690], [1, 0]]
    assert not log.has_plays


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("User ID,Track Name,Artist Name", "u,Intro,X"),
        ("user_id:token\titem_id:token\trating:float", "u\ti\t4"),
        ("\ufeffuser;item;count", "u;i;3"),
        ("timestamp|song|user", "2024-01-01T00:00:00Z|s|u"),
        ("userId,movieId,rating,timestamp", "1,2,3.5,964982703"),
    ],
)
def test_columns_are_known_by_their_names(tmp_path: Path, header: str, row: str) -> None:
    log = read(tmp_path, f"{header}\n{row}\n")
    assert (log.n_users, log.n_items) == (1, 1)


def test_two_artists_with_a_track_of_one_name_are_two_items(tmp_path: Path) -> None:
    log = read(tmp_path, "user,track_name,artist_name\nu,Intro,A\nu,Intro,B\nu,Intro,A\n")
    assert log.n_items == 2
    assert read(tmp_path, "user,track_id,artist_name\nu,1,A\nu,1,B\n").n_items == 1


@pytest.mark.parametrize(
    "time", ["1700000000", "1700000000000", "1700000000000000", "2023-11-14T22:13:20+00:00", "2023-11-14 22:13:20"]
)
def test_times_of_any_unit_are_seconds(tmp_path: Path, time: str) -> None:
    log = read(tmp_path, f"user,item,timestamp\nu,i,{time}\n")
    assert log.at_s is not None
    assert log.at_s.tolist() == [1_700_000_000]


def test_without_a_listener_all_plays_are_one_persons_and_it_says_so(tmp_path: Path) -> None:
    log = read(tmp_path, "time,track\n1700000000,a\n1700000200,b\n")
    assert log.n_users == 1
    assert any("one listener" in note for note in log.notes)


def test_the_same_play_twice_stands_once_the_later_rating_stands_and_counts_add_up(tmp_path: Path) -> None:
    plays = read(tmp_path, "user,item,timestamp\nu,i,1700000000\nu,i,1700000000\nu,i,1700000300\n")
    assert len(plays) == 2
    assert any("the same again" in note for note in plays.notes)
    ratings = read(tmp_path, "user,item,rating\nu,i,5\nu,j,5\nu,i,1\n")
    assert ratings.rating is not None
    assert ratings.rating.tolist() == [5, 1]
    assert read(tmp_path, "user,item,count\nu,i,5\nu,i,2\n").table().toarray().tolist() == [[7]]


def test_skips_and_low_ratings_do_not_speak_for_an_item(tmp_path: Path) -> None:
    plays = read(tmp_path, "user,item,ts,ms_played\nu,i,1700000000,5000\nu,j,1700000100,-1\nu,k,1700000200,30000\n")
    assert plays.table().toarray().tolist() == [[0, 1, 1]]
    assert read(tmp_path, "user,item,rating\nu,i,3\nu,j,4\nu,k,5\n").table().toarray().tolist() == [[0, 1, 1]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "empty line"),
        (b"user,item,count\n", "has no rows"),
        (b"1,2,3\n4,5,6\n", "no column named like item"),
        (b"item,count\n1,2\n", "no column named like user"),
        (b"user,item,count\nu,i,nan\n", "a number that cannot be"),
        (b"user,item,count\nu,i,-1\nu,j,1e999\n", "a number that cannot be"),
        (b"user,item,timestamp\nu,i,yesterday\n", "a time that cannot be"),
        (b"user,item\n,\nu,\n", "a name that is missing"),
        (b"\x00\x01\x02\x03\x04\x05", "not text"),
        (b"\x1f\x8b\x08\x00broken", "damaged gzip"),
        (gzip.compress(b"user,item\n" + bytes(range(48, 100)) * 2000)[:-20], "damaged gzip"),
        (b"PAR1 and no more", "Parquet"),
        (b"user,item\n" + b"x" * 2_000_000, "not a table"),
        (b'user,item\nu,"' + b"x\n" * 200_000, "not a table"),
        ("user,item\nu,i\n".encode("utf-16")[:-1], "not text"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(DataError, match=words) as error:
        read(tmp_path, content)
    assert "\n" not in str(error.value)


def test_rows_that_cannot_be_used_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = [
        "u,i,1700000000,3",
        "u,j,x,3",
        "u,k,-5,3",
        "u,l,1700000000,nan",
        "u",
        "",
        "u,m,1e30,1",
        "v,NaN,1700000000,1",
    ]
    log = read(tmp_path, "user,item,timestamp,count\n" + "\n".join(rows) + "\n")
    assert (log.n_users, log.n_items, len(log)) == (1, 1, 1)
    assert sum(int(note.split()[0]) for note in log.notes) == 6


def test_a_length_that_is_not_given_is_not_known(tmp_path: Path) -> None:
    log = read(tmp_path, "user,item,ts,ms_played\nu,i,1700000000,\nu,j,1700000100,nan\nu,k,1700000200,long\n")
    assert log.played_ms is not None
    assert log.played_ms.tolist() == [-1, -1]
    collector = Collector("table")
    collector.add({"user": [1], "item": [2], "played_ms": [None]})
    played = collector.finish().played_ms
    assert played is not None
    assert played.tolist() == [-1]


def test_huge_numbers_are_names_like_any_other(tmp_path: Path) -> None:
    log = read(tmp_path, f"user,item\n{10**40},{2**63}\n{10**40},{2**63 + 1}\n")
    assert (log.n_users, log.n_items) == (1, 2)


def test_bytes_that_are_no_text_stay_apart(tmp_path: Path) -> None:
    log = read(tmp_path, b"user,item\nu,\xff\nu,\xfe\nu,\xff\nu,caf\xc3\xa9\n")
    assert log.n_items == 3
    assert read(tmp_path, "user,item\nu,été\n".encode("utf-16")).n_items == 1


def test_quotes_and_breaks_inside_fields(tmp_path: Path) -> None:
    assert read(tmp_path, 'user,item\nu,"a, b"\nu,"c\nd"\n').n_items == 2
    assert read(tmp_path, 'user\titem\nu\t12" mix\nu\tother\n').n_items == 2


def test_files_longer_than_a_chunk_are_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "CHUNK_ROWS", 7)
    text = "user,item,timestamp\n" + "".join(f"u{n % 3},i{n % 5},{1_700_000_000 + n}\n" for n in range(100))
    log = read(tmp_path, text)
    assert (len(log), log.n_users, log.n_items) == (100, 3, 5)
    monkeypatch.setattr(collect, "MAX_ROWS", 50)
    with pytest.raises(DataError, match="more than 50 rows"):
        read(tmp_path, text)


def test_what_is_no_file_is_one_sentence(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none", "does not exist"), (tmp_path, "holds none of"), ("a\0b", "does not exist")):
        with pytest.raises(DataError, match=words):
            load(path)


@given(content=st.binary(max_size=300))
def test_no_file_is_a_crash(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    for begin in (b"", b"user,item,timestamp,rating\n", b"user\titem\tcount\n"):
        try:
            log = read(folder, begin + content)
        except DataError as error:
            assert "\n" not in str(error)
        else:
            assert len(log) > 0
            assert np.isfinite(log.table().data).all()


class _Batch:
    def __init__(self, columns: dict[str, list[object]]) -> None:
        self._columns = columns

    def to_pydict(self) -> dict[str, list[object]]:
        return self._columns


class _ParquetFile:
    """Stands in for pyarrow's."""

    def __init__(self, path: Path) -> None:
        if b"bad" in path.read_bytes():
            raise OSError("no footer\nat all.")
        self.schema_arrow = types.SimpleNamespace(names=["user", "item", "count", "else"])

    def __enter__(self) -> "_ParquetFile":
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def iter_batches(self, batch_size: int, columns: list[str]) -> Iterator[_Batch]:
        assert columns == ["count", "item", "user"]
        yield _Batch({"user": [1, 2], "item": ["a", None], "count": [3, 4]})
        yield _Batch({"user": [1], "item": ["b"], "count": [None]})


def test_parquet_is_read_batch_by_batch_where_pyarrow_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arrow, parquet = types.ModuleType("pyarrow"), types.ModuleType("pyarrow.parquet")
    arrow.ArrowException = RuntimeError  # type: ignore[attr-defined]
    parquet.ParquetFile = _ParquetFile  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pyarrow", arrow)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", parquet)
    log = read(tmp_path, b"PAR1")
    assert log.table().toarray().tolist() == [[3]]
    with pytest.raises(DataError, match="no footer at all"):
        read(tmp_path, b"PAR1bad")


def test_without_pyarrow_a_parquet_file_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(DataError, match="install pyarrow"):
        read(tmp_path, b"PAR1")


def test_an_apps_own_arrays_are_a_log_and_bad_ones_a_sentence() -> None:
    log = from_arrays("store", user=[5, 5, 9], item=[70, 71, 70], at_s=[3, 1, 2], played_ms=[-1, 9, 200_000])
    plays, artist = next(log.plays_by_user(np.array([0])))
    assert plays.started_at_s.tolist() == [1, 3]
    assert artist.tolist() == [-1, -1]
    for bad in ({"item": [1]}, {"item": [1, np.nan]}, {"item": [1, 2], "weight": [1, -1]}):
        with pytest.raises(DataError, match="store"):
            from_arrays("store", user=[1, 2], **bad)


def test_lists_in_a_column_of_names_are_no_crash() -> None:
    collector = Collector("odd")
    collector.add({"user": [["a"], ["a"]], "item": [["b"], ["c"]]})
    assert collector.finish().n_items == 2
