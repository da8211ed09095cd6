"""Search finds tracks, artists and albums by a few letters of any script, and keeps up with the library."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.ids import TrackId
from app.domain.play import is_listen
from app.library.readings import texts
from app.library.search import parse
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import DAY_MS, NOW_MS, a_database, a_file, a_play

ODD = [
    '"',
    "AND",
    "a* OR b",
    "NEAR(x y)",
    "col:x",
    "-abc",
    "'; drop",
    "\0",
    "\udcff",
    "x" * 10**6,
    "a " * 300,
    '^"a',
    "-",
]


@pytest.fixture
def database(tmp_path: Path):
    database = a_database(tmp_path)
    files = [
        a_file(
            "/1", title="Come Together", artist="The Beatles", album="Abbey Road", year=1969, genre="Rock", rating=80
        ),
        a_file("/2", title="告白氣球", artist="周杰倫", album="床邊故事", year=2016, genre="Pop"),
        a_file("/3", title="さくら", artist="AC/DC", album="!!!", year=None, genre="Rock", genres="Rock\nHard Rock"),
        a_file("/4", title="Beat It", artist="Motörhead", album_artist="Various Artists", album="Mix", year=1995),
        a_file("/5", title="사랑 ♥ 🎉", artist="Кино", album="Группа крови", composer="Цой"),
    ]
    TrackStore(database).save([file._replace(texts=texts(file.tags)) for file in files], NOW_MS - 40 * DAY_MS)
    yield database
    database.close()


@pytest.fixture
def store(database: Database) -> SearchStore:
    return SearchStore(database)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("b", [4, 1]),
        ("be", [4, 1]),
        ("beatles", [1]),
        ("the beatles", [1]),
        ("road come", [1]),
        ("ogeth", [1]),
        ("zjl", [2]),
        ("zhoujie", [2]),
        ("jielun", [2]),
        ("周杰伦 气球", [2]),
        ("球", [2]),
        ("サク", [3]),
        ("sakura", [3]),
        ("acdc", [3]),
        ("ac/dc", [3]),
        ("!!!", [3]),
        ("motorhead", [4]),
        ("랑", [5]),
        ("♥", [5]),
        ("🎉", [5]),
        ("ки", [5]),
        ("цой", [5]),
        ("artist:beat", [1]),
        ("title:beat", [4]),
        ("beat -artist:beatles", [4]),
        ("genre:hard", [3]),
        ("year:1990..2016", [2, 4]),
        ("-year:1960..2016", [3, 5]),
        ("rating:>=4", [1]),
        ("rating:0", [2, 3, 4, 5]),
        ("added:<30d", []),
        ("added:>30d", [1, 2, 3, 4, 5]),
        ("rock", []),
        ("", []),
    ],
)
def test_what_a_text_finds(store: SearchStore, text: str, found: list[int]) -> None:
    ids = store.ids(parse(text, NOW_MS))
    assert ids == found if text.startswith("b") else sorted(ids) == found


def test_an_order_is_exact_and_can_be_turned(store: SearchStore) -> None:
    assert store.ids(parse("year:1900..2020"), "year") == [1, 4, 2]
    assert store.ids(parse("year:1900..2020"), "year", descending=True, limit=2) == [2, 4]


def test_artists_and_albums_are_those_whose_own_names_match(store: SearchStore) -> None:
    assert [(one.name, one.track_count) for one in store.artists(parse("beat"))] == [("The Beatles", 1)]
    assert [one.name for one in store.artists(parse("motor"))] == ["Motörhead"]
    assert [one.name for one in store.artists(parse("zjl"))] == ["周杰倫"]
    assert [one.title for one in store.albums(parse("beatles road"))] == ["Abbey Road"]
    assert store.albums(parse("come together")) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("beetles", "beatles"),
        ("motorhaed", "motorhead"),
        ("Tgoether come", "together come"),
        ("artist:beatels", "artist:beatles"),
        ("cometogether", "come together"),
        ("abbeyroad beatles", "abbey road beatles"),
        ("motrhe", "motorhead"),
        ("artist:betle", "artist:beatles"),
    ],
)
def test_a_mistyped_word_is_put_right(store: SearchStore, typed: str, meant: str) -> None:
    guess = store.guess(parse(typed))
    assert guess is not None
    assert guess.text == meant
    assert store.ids(guess)


@pytest.mark.parametrize("typed", ["qwertyuiop", "motrx", "bxax", "气球气", "xy", "year:3000", ""])
def test_what_is_near_nothing_is_left(store: SearchStore, typed: str) -> None:
    assert store.guess(parse(typed)) is None


def test_the_index_follows_changes_removal_and_return(store: SearchStore, database: Database) -> None:
    TrackStore(database).save([a_file("/1", title="Giraffe", artist="Bear", album="Two")], NOW_MS)
    assert store.ids(parse("together")) == []
    assert store.ids(parse("giraffe")) == [1]
    TrackStore(database).remove([TrackId(1)], NOW_MS)
    assert store.ids(parse("giraffe")) == []
    TrackStore(database).restore([TrackId(1)])
    assert store.ids(parse("giraffe")) == [1]
    with database.write() as connection:
        connection.execute("insert into track_search (track_search) values ('integrity-check')")


def test_whatever_becomes_of_tracks_the_index_holds_each_that_is_in_the_library_once(tmp_path: Path) -> None:
    rng, database = random.Random(11), a_database(tmp_path)
    tracks, search = TrackStore(database), SearchStore(database)
    names, removed = [f"wort{n:03d}" for n in range(40)], set[int]()
    of = dict(enumerate(names[:20], 1))
    tracks.save([a_file(f"/m/{i}", title=name) for i, name in of.items()], NOW_MS)
    for _ in range(60):
        some = [TrackId(rng.randint(1, 20)) for _ in range(rng.randrange(6))]  # also twice, and what is gone already
        match rng.randrange(4):
            case 0:
                tracks.remove(some, NOW_MS)
                removed.update(some)
            case 1:
                tracks.restore(some)
                removed.difference_update(some)
            case 2:
                of |= {i: rng.choice(names) for i in some}
                tracks.save([a_file(f"/m/{i}", title=of[i]) for i in set(some)], NOW_MS)
            case _ if rng.random() < 0.2:
                tracks.restore_below(b"/m")
                removed.clear()
        for name in names:
            assert sorted(search.ids(parse(name))) == [i for i in of if of[i] == name and i not in removed]
    tracks.remove([TrackId(i) for i in of], NOW_MS)
    (left,) = database.here().execute("select count(*) from track_search where track_search match '\"ort\"'").fetchone()
    assert left == 0
    database.close()


def test_missing_tracks_are_found(store: SearchStore, database: Database) -> None:
    TrackStore(database).mark_missing([2], NOW_MS)  # type: ignore[list-item]
    assert store.ids(parse("zjl")) == [2]
    assert store.ids(parse("missing")) == [2]


def test_listens_are_counted_by_recording_and_follow_a_retag(store: SearchStore, database: Database) -> None:
    tracks, plays = TrackStore(database), PlayStore(database)
    (first,) = tracks.get([1])  # type: ignore[list-item]
    plays.append_many([a_play(1, recording_key=first.recording_key)] * 3 + [a_play(2, played_ms=1_000)])
    assert store.ids(parse("plays:>2")) == [1]
    assert sorted(store.ids(parse("never-played"))) == [2, 3, 4, 5]
    tracks.save([a_file("/1", title="Other name", artist="Other", duration_ms=99_000)], NOW_MS)
    assert store.ids(parse("plays:3")) == [1]


@settings(max_examples=100, deadline=None)
@given(st.integers(-5, 600_000), st.integers(0, 600_000))
def test_the_database_counts_what_is_a_listen(duration_ms: int, played_ms: int) -> None:
    import sqlite3

    rule = "select ?2 >= case when ?1 <= 0 then 240000 else min(?1 * 0.5, 240000) end"
    assert bool(sqlite3.connect(":memory:").execute(rule, (duration_ms, played_ms)).fetchone()[0]) == is_listen(
        played_ms, duration_ms
    )


def test_an_artist_some_of_whose_files_say_how_the_name_is_sorted_is_one(
    store: SearchStore, database: Database
) -> None:
    said = {"artist": "The Grey Wolves", "album_artist": ""}
    files = [a_file(f"/w{n}", **said, album=f"Album {n}", mtime=n) for n in range(2)]
    files.append(a_file("/w2", **said, album="Album 2", artist_sort="Wolves, Grey", mtime=2))
    TrackStore(database).save([file._replace(texts=texts(file.tags)) for file in files], NOW_MS)
    for text in ("wolves", "grey wolves", "grey"):
        found = store.artists(parse(text))
        assert [(one.name, one.track_count, one.album_count) for one in found] == [("The Grey Wolves", 3, 3)]


def test_what_can_be_played_goes_before_what_is_missing_of_the_same_title(
    store: SearchStore, database: Database
) -> None:
    files = [a_file(f"/same{n}", title="Gone Astray", artist=artist, mtime=n) for n, artist in enumerate("ABC")]
    TrackStore(database).save([*files, a_file("/other", title="Gone Away", artist="A", mtime=9)], NOW_MS)
    first, *others = store.ids(parse("gone"))
    TrackStore(database).mark_missing([first], NOW_MS)
    assert store.ids(parse("gone")) == [*others[:2], first, others[2]]


def test_what_begins_with_the_text_is_there_however_much_is_found(store: SearchStore, database: Database) -> None:
    files = [a_file(f"/m{n}", title=f"Song of love {n}", artist="Zoe", mtime=n) for n in range(2_500)]
    TrackStore(database).save([*files, a_file("/last", title="Love", artist="Adam")], NOW_MS)
    found = store.ids(parse("love"))
    assert (found[0], len(found)) == (2_506, 2_000)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.sampled_from(ODD))
def test_any_text_is_safe(store: SearchStore, text: str) -> None:
    query = parse(text, NOW_MS)
    store.ids(query)
    store.ids(query, "title")
    store.artists(query)
    store.albums(query)
    store.guess(query)
