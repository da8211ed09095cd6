"""Tracks by what other programs call them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.file_uri import uri_of_path
from app.domain.errors import UnknownTrack
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore
from app.suggestions.lookup import Lookup
from tests.helpers.builders import NOW_MS, a_database, a_file

MBID = "0b4a8d37-5cbf-4bd3-8e38-5ad4b2e7a86e"
PATHS = [b"/music/a \xff#?.flac", b"/music/b.flac", b"/music/c.flac"]


@pytest.fixture(scope="module")
def lookup(tmp_path_factory: pytest.TempPathFactory):
    database = a_database(tmp_path_factory.mktemp("lookup"))
    store = TrackStore(database)
    files = [
        a_file(PATHS[0], title="Été", artist="Ida Ravn", recording_mbid=MBID),
        a_file(PATHS[1], title="Été", artist="Ida Ravn", duration_ms=90_000),
        a_file(PATHS[2], title="Été (live)", artist="Ida Ravn"),
    ]
    store.save(files, NOW_MS)
    yield Lookup(store, SearchStore(database))
    database.close()


def named(lookup: Lookup, call: str) -> bytes | None:
    track = lookup.track(call)
    return track.path if track is not None else None


def test_a_track_is_found_by_each_of_its_names(lookup: Lookup) -> None:
    for path in PATHS:
        assert named(lookup, uri_of_path(path)) == path
    assert named(lookup, MBID) == named(lookup, f"mbid:{MBID.upper()}") == PATHS[0]
    assert named(lookup, "ida ravn\tete (live)") == PATHS[2]
    assert named(lookup, "track:2") == PATHS[1]


def test_of_two_with_the_same_names_one_that_is_there_is_meant(lookup: Lookup, tmp_path: Path) -> None:
    found = lookup.track("Ida Ravn\tÉté")
    assert found is not None and found.path in PATHS[:2]
    lookup._tracks.mark_missing([found.id], NOW_MS)
    other = lookup.track("Ida Ravn\tÉté")
    lookup._tracks.mark_present([found.id])
    assert other is not None and other.path in PATHS[:2] and other.id != found.id


STRANGE = ["", "\t", "Ida Ravn\t", "\tÉté", "Été", "\0\t\0", '"\t"', "Ida\tÉté", "x" * 1_000_000]
STRANGE += ["file:", "file://host/music/b.flac", "file:///music/%62/../../etc/passwd", "file:///" + "a" * 13_000]
STRANGE += ["track:-1", "track:0", "track:1e1", "track:" + "9" * 30, "track:٢", "mbid:", "mbid:" + "f" * 36]
STRANGE += ["https://example.org/music/b.flac"]


@pytest.mark.parametrize("call", STRANGE)
def test_anything_else_is_no_track(lookup: Lookup, call: str) -> None:
    assert lookup.track(call) is None
    with pytest.raises(UnknownTrack):
        lookup.known(call)


@given(st.text() | st.tuples(st.text(), st.text()).map("\t".join))
def test_no_text_does_harm(lookup: Lookup, call: str) -> None:
    assert lookup.track(call) is None or call.startswith(("track:", "file:")) or "\t" in call
