"""ListenBrainz as a provider: what is sent is what was shown, and its answers become a model like any other."""

import functools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from app.domain.suggestion import Dial, Moment, Signal
from app.domain.sync import Origin, SyncReport
from app.storage.browse import BrowseStore
from app.storage.database import Database
from app.storage.network_log import NetworkLog
from app.storage.plays import PlayStore
from app.storage.recordings import RecordingStore
from app.storage.tracks import TrackStore
from app.suggestions.crowd import load
from app.suggestions.suggest import Suggester
from app.sync.given import given_by
from app.sync.models import ModelFolder
from app.sync.providers import listenbrainz
from app.sync.run import sync
from recommender.remote.http import Limits, Web
from tests.helpers.builders import DAY_MS, NOW_MS, a_database, a_file, a_play
from tests.helpers.web import Site, a_site, answer

QUICK = Limits(connect_s=5, gap_s=1.5, whole_s=20, download_s=20)
PATH = "/1/cf/recommendation/user/ida/recording?count=1000&offset=0"


def mbid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def as_json(said: Any) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda handler: answer(handler, 200, json.dumps(said).encode())


@dataclass
class Place:
    """A library with numbers, and a ListenBrainz of the test's own."""

    database: Database
    site: Site
    shelf: ModelFolder
    origin: Origin = field(init=False)

    def __post_init__(self) -> None:
        self.origin = Origin("listenbrainz", "ida", self.site.base, self.site.base, "the_algorithm")

    def sync(self) -> SyncReport:
        given = given_by(self.database, self.shelf, self.origin)
        return sync(self.shelf, given, lambda: NOW_MS, lambda _moved: None, lambda: False)

    def answers(self, recommended: Any, like: Any, artists: Any = ()) -> None:
        self.site.special[PATH] = as_json(recommended)
        self.site.special["/similar-recordings/json"] = as_json(like)
        self.site.special["/similar-artists/json"] = as_json(artists)

    def ask_of_artists(self) -> None:
        self.origin = replace(self.origin, artist_algorithm="the_other")

    def suggester(self) -> Suggester:
        """With the model in use."""
        current = self.shelf.models().current
        assert current is not None
        database = self.database
        made = Suggester(TrackStore(database), PlayStore(database), BrowseStore(database))
        made.catch_up()
        made.use_crowd(load([self.shelf.path_of(current)], RecordingStore(database).each))
        return made


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setattr(listenbrainz, "Web", functools.partial(Web, limits=QUICK))
    database = a_database(tmp_path)
    files = [
        a_file(
            f"/music/{n}.flac",
            title=f"Song {n}",
            artist=f"Artist {n}",
            album=f"Album {n}",
            recording_mbid=mbid(n),
            artist_mbid=mbid(1_000 + n),
        )
        for n in range(1, 13)
    ]
    TrackStore(database).save(files, NOW_MS)
    plays = PlayStore(database)
    for track in TrackStore(database).get([1, 2]):
        for day in range(4 - track.id):
            plays.append(a_play(track.id, NOW_MS - (9 - day) * DAY_MS, recording_key=track.recording_key))
    with a_site(tmp_path / "web") as site:
        yield Place(database, site, ModelFolder(tmp_path / "models"))
    database.close()


def like(reference: int, number: int, score: int, names: tuple[str, str] = ("", "")) -> dict[str, object]:
    return {
        "recording_mbid": mbid(number),
        "reference_mbid": mbid(reference),
        "score": score,
        "artist_credit_name": names[0] or f"Artist {number}",
        "recording_name": names[1] or f"Song {number}",
    }


RECOMMENDED = {"payload": {"mbids": [{"recording_mbid": mbid(n), "score": 9.0 - n} for n in (5, 6, 30)]}}
LIKE = [like(1, 7, 90), like(1, 40, 60, ("Nadia Farrow", "Low Tide")), like(2, 8, 10), like(2, 2, 99)]


def test_what_it_recommends_and_finds_alike_leads_never_heard_and_says_so(place: Place) -> None:
    place.answers(RECOMMENDED, LIKE)
    report = place.sync()
    assert report.changed, report.sentence
    current = place.shelf.models().current
    assert current is not None
    assert current.words == "What ListenBrainz answered for ida."
    crowd = load([place.shelf.path_of(current)], RecordingStore(place.database).each)
    database = place.database
    suggester = Suggester(TrackStore(database), PlayStore(database), BrowseStore(database))
    suggester.catch_up()
    suggester.use_crowd(crowd)
    found = suggester.suggest(Moment(NOW_MS, dial=Dial.NEVER)).suggestions
    by_others = {each.track.id: each.reason for each in found if each.signal is Signal.MANY}
    assert by_others[7] == "Others play it with Song 1"
    words = {share.words for each in found if each.track.id in {5, 6} for share in each.evidence}
    assert "ListenBrainz recommends it to you" in words
    assert not any("listeners of" in share.words for each in found for share in each.evidence)
    (shelf,) = [shelf for shelf in suggester.shelves(Moment(NOW_MS)) if shelf.name == "finds"]
    assert shelf.rule == "Not in your library. What ListenBrainz answered for ida."
    assert [(find.artist, find.title, find.mbid) for find in shelf.finds] == [("Nadia Farrow", "Low Tide", mbid(40))]


def of_artist(reference: int, number: int, score: int) -> dict[str, object]:
    return {
        "artist_mbid": mbid(1_000 + number),
        "reference_mbid": mbid(1_000 + reference),
        "score": score,
        "name": f"Artist {number}",
    }


def test_what_the_library_has_of_artists_like_those_played_is_found(place: Place) -> None:
    place.ask_of_artists()
    place.answers({"payload": {"mbids": []}}, [], [of_artist(1, 9, 80), of_artist(2, 11, 20), of_artist(1, 900, 10)])
    report = place.sync()
    assert report.changed, report.sentence
    found = place.suggester().suggest(Moment(NOW_MS, dial=Dial.NEVER)).suggestions
    by_others = {each.track.id: each.reason for each in found if each.signal is Signal.MANY}
    assert set(by_others) == {9, 11}
    assert "Artist 1" in by_others[9]
    assert json.loads(place.site.bodies[2]) == [
        {"artist_mbids": [mbid(1_001), mbid(1_002)], "algorithm": "the_other"}
    ]  # whose tracks were played, and no others


def test_odd_artists_make_a_sound_model(place: Place) -> None:
    place.ask_of_artists()
    nameless = {"artist_mbid": mbid(5), "name": "", "score": 1}
    place.answers(RECOMMENDED, LIKE, [of_artist(1, 9, -5), of_artist(1, 1, 4), of_artist(77, 9, 3), nameless] * 2)
    assert place.sync().changed
    assert place.suggester().suggest(Moment(NOW_MS, dial=Dial.NEVER)).suggestions


@pytest.mark.parametrize("artists", [{"a": 1}, [[]], [{"artist_mbid": mbid(9), "score": "high"}]])
def test_odd_answers_about_artists_are_one_sentence_and_no_model(place: Place, artists: Any) -> None:
    place.ask_of_artists()
    place.answers(RECOMMENDED, LIKE, artists)
    report = place.sync()
    assert report.failed
    assert "makes no sense" in report.sentence
    assert place.shelf.models().current is None


def test_a_way_to_tell_similar_artists_that_is_gone_costs_only_them(place: Place) -> None:
    place.ask_of_artists()
    place.answers(RECOMMENDED, LIKE)
    place.site.special["/similar-artists/json"] = lambda handler: answer(handler, 400, b'{"error": "gone"}')
    report = place.sync()
    assert report.changed, report.sentence
    found = place.suggester().suggest(Moment(NOW_MS, dial=Dial.NEVER)).suggestions
    assert 7 in {each.track.id for each in found if each.signal is Signal.MANY}


def test_an_agreement_about_recordings_is_none_about_artists(place: Place) -> None:
    before = place.origin.agreement
    place.ask_of_artists()
    assert place.origin.agreement != before


@pytest.mark.parametrize("of_artists", [False, True])
def test_what_is_sent_is_what_was_shown_to_the_byte(place: Place, of_artists: bool) -> None:
    if of_artists:
        place.ask_of_artists()
    place.answers(RECOMMENDED, LIKE, [of_artist(1, 9, 80)])
    provider = listenbrainz.ListenBrainzProvider(given_by(place.database, place.shelf, place.origin))
    shown = provider.preview()
    provider.close()
    assert place.site.seen == []
    assert place.sync().changed
    assert [request.path for request in shown] == [path for path, _ in place.site.seen]
    for request, (_path, headers), body in zip(shown, place.site.seen, place.site.bodies, strict=True):
        head, _, sent = request.text.partition("\r\n\r\n")
        assert sent.encode() == body
        said = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
        assert {name.lower(): value for name, value in said.items()} == headers
    assert json.loads(place.site.bodies[1]) == [
        {"recording_mbids": [mbid(1), mbid(2)], "algorithm": "the_algorithm"}
    ]  # those that were played, and no others
    log = NetworkLog(place.database).newest()[::-1]
    assert [one.request.bytes_out for one in log] == [request.bytes_out for request in shown]


@pytest.mark.parametrize(
    ("recommended", "similar", "words"),
    [
        ({"payload": {"mbids": []}}, [], "knows nothing to recommend to ida"),
        ([], [], "makes no sense"),
        ({"payload": {"mbids": [{"recording_mbid": mbid(5), "score": "high"}]}}, [], "makes no sense"),
        ({"payload": {"mbids": "all"}}, [], "makes no sense"),
        (RECOMMENDED, {"a": 1}, "makes no sense"),
        (RECOMMENDED, [[]], "makes no sense"),
    ],
)
def test_odd_answers_are_one_sentence_and_no_model(place: Place, recommended: Any, similar: Any, words: str) -> None:
    place.answers(recommended, similar)
    report = place.sync()
    assert report.failed
    assert words in report.sentence
    assert place.shelf.models().current is None


def test_odd_numbers_and_names_make_a_sound_model(place: Place) -> None:
    odd = [like(1, 7, -5), like(1, 7, 3), like(99, 8, 4), like(1, 9, 0), like(1, 41, 2, ("x" * 9_000, "\u202e"))]
    recommended = {
        "payload": {"mbids": [{"recording_mbid": mbid(5), "score": -1.0}, {"recording_mbid": "?", "score": 1}]}
    }
    place.answers(recommended, odd * 3)
    assert place.sync().changed
    current = place.shelf.models().current
    assert current is not None
    assert load([place.shelf.path_of(current)], RecordingStore(place.database).each) is not None


def test_somebody_unknown_there_leaves_the_old_model(place: Place) -> None:
    place.answers(RECOMMENDED, LIKE)
    assert place.sync().changed
    before = place.shelf.models()
    place.site.special[PATH] = lambda handler: answer(handler, 404, b'{"code": 404}')
    report = place.sync()
    assert report.failed
    assert report.sentence.endswith("The model you have stays in use.")
    assert place.shelf.models() == before
