"""The clients that ask: our own service, and what is not it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from recommender.remote import protocol
from recommender.remote.ask import Listen, ModelService, Recording, body_of, listens_body
from recommender.remote.errors import BadAnswer
from recommender.remote.http import Limits, Web
from recommender.remote.listenbrainz import ListenBrainz, Suggested
from recommender.service.app import Settings
from recommender.service.tokens import Tokens
from tests.helpers.community import a_model_folder, mbid, title
from tests.helpers.service import Service, a_service
from tests.helpers.web import Remembered, Site, a_site, answer

QUICK = Limits(connect_s=2, gap_s=2, whole_s=4)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with a_service(Settings(a_model_folder(tmp_path / "model", 100), tmp_path / "listens")) as found:
        yield found


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with a_site(tmp_path) as found:
        yield found


def test_our_service_is_asked_and_understood(service: Service) -> None:
    log = Remembered()
    with Web(log, limits=QUICK) as web:
        asked = ModelService(web, service.base + "/")
        seeds = [(Recording(*title(5)), 2.0), (Recording(mbid=mbid(6)), 1.0), (Recording(key="0" * 12), 1.0)]
        body = body_of(seeds, 10, [Recording(*title(25))])
        found = asked.recommended(body)
        assert len(found) == 10
        assert {one.seed for one in found} <= {0, 1, None}
        assert title(25) not in {(one.artist, one.title) for one in found}
        like = asked.similar(found[0].key, 5)
        assert len(like) == 5
    assert log.requests[0].bytes_out == len(body)


def test_what_is_sent_is_what_was_shown_and_no_more() -> None:
    body = body_of([(Recording("Björk", "Jóga"), 3.0), (Recording(mbid=mbid(1)), 1.0)], 5)
    assert json.loads(body) == {
        "seeds": [{"artist": "Björk", "title": "Jóga", "weight": 3.0}, {"mbid": mbid(1), "weight": 1.0}],
        "n": 5,
    }
    long = body_of([(Recording("a" * 10_000, "b"), 1.0)] * 10_000, 10_000, [Recording("c", "d")] * 10_000)
    said = json.loads(long)
    assert len(said["seeds"]) == protocol.MOST_SEEDS
    assert len(said["exclude"]) == protocol.MOST_EXCLUDED
    assert len(said["seeds"][0]["artist"]) == protocol.LONGEST_TEXT
    assert len(long) < protocol.MOST_BODY_BYTES
    assert body_of([(Recording("a\ud800", "b"), 1.0)], 1)


def test_listens_are_given_and_withdrawn(service: Service, tmp_path: Path) -> None:
    token = Tokens(tmp_path / "listens").made("ann")
    with Web(Remembered(), limits=QUICK) as web:
        asked = ModelService(web, service.base)
        body = listens_body([Listen(Recording(*title(1)), 20_000), Listen(Recording(mbid=mbid(2)), 20_001)])
        assert asked.give(body, token) == 2
        assert (tmp_path / "listens/ann.jsonl").exists()
        asked.withdraw(token)
        assert not (tmp_path / "listens/ann.jsonl").exists()
        with pytest.raises(BadAnswer):
            asked.give(body, "a" * 43)
        with pytest.raises(ValueError, match="token"):
            asked.withdraw("a\r\nX: y")


GOOD = {
    "key": "0" * 12, "artist": "A", "title": "T", "mbid": "", "score": 1.5, "because": {"seed": 0, "signal": "near"},
}  # fmt: skip
BAD: list[dict[str, Any]] = [
    {"key": "x"}, {"key": None}, {"artist": 5}, {"score": "1"}, {"score": True}, {"score": None}, {"because": None},
    {"because": {"seed": 1, "signal": "near"}}, {"because": {"seed": -1, "signal": "near"}},
    {"because": {"seed": 0.0, "signal": "near"}}, {"because": {"seed": 0, "signal": "<b>"}}, {"score": 10**400},
]  # fmt: skip


@pytest.mark.parametrize("wrong", BAD, ids=range(len(BAD)))
def test_an_answer_that_makes_no_sense_is_refused(site: Site, wrong: dict[str, Any]) -> None:
    body = body_of([(Recording("a", "b"), 1.0)], 5)
    with Web(Remembered(), limits=QUICK) as web:
        for said in ({"recordings": [{**GOOD, **wrong}]}, {"recordings": {}}, {"recordings": [5]}, {}):
            raw = json.dumps(said).encode()
            site.special[protocol.RECOMMEND] = lambda handler, raw=raw: answer(handler, 200, raw)
            with pytest.raises(BadAnswer, match="no sense"):
                ModelService(web, site.base).recommended(body)


def test_names_in_an_answer_are_cut_and_cleaned(site: Site) -> None:
    said = {"recordings": [{**GOOD, "artist": "A\u202e\x00\n" + "b" * 10_000, "mbid": "x"}] * 1_000}
    site.special[protocol.RECOMMEND] = lambda handler: answer(handler, 200, json.dumps(said).encode())
    with Web(Remembered(), limits=QUICK) as web:
        with pytest.raises(BadAnswer, match="more"):
            ModelService(web, site.base).recommended(body_of([(Recording("a", "b"), 1.0)], 5))
        said["recordings"] = said["recordings"][:90]
        found = ModelService(web, site.base).recommended(body_of([(Recording("a", "b"), 1.0)], 5))
    assert found[0].artist == "A" + "b" * (protocol.LONGEST_TEXT - 4)
    assert found[0].mbid == ""


def test_listenbrainz_recommends_to_a_user(site: Site) -> None:
    path = "/1/cf/recommendation/user/An%2Fn%20e/recording?count=100&offset=0"
    said = {"payload": {"mbids": [{"recording_mbid": mbid(1), "score": 9.3}, {"recording_mbid": "x", "score": 1}]}}
    site.special[path] = lambda handler: answer(handler, 200, json.dumps(said).encode())
    log = Remembered()
    with Web(log, limits=QUICK) as web:
        asked = ListenBrainz(web, site.base, site.base)
        assert asked.recommended("An/n e") == [Suggested(mbid(1), 9.3)]
        site.special[path] = lambda handler: answer(handler, 204)
        assert asked.recommended("An/n e") == []
        for wrong in (b"{}", b'{"payload": []}', b'{"payload": {"mbids": [{"recording_mbid": 5}]}}', b"[]"):
            site.special[path] = lambda handler, wrong=wrong: answer(handler, 200, wrong)
            with pytest.raises(BadAnswer):
                asked.recommended("An/n e")
    assert log.paths[0] == path


def test_listenbrainz_knows_what_is_alike(site: Site) -> None:
    recordings = [
        {
            "recording_mbid": mbid(2),
            "recording_name": "T",
            "artist_credit_name": "A",
            "score": 7,
            "reference_mbid": mbid(1),
        }
    ]
    artists = [{"artist_mbid": mbid(3), "name": "B", "type": None, "score": 5, "reference_mbid": mbid(1)}]
    tables = [{"type": "markup", "data": "<p>"}, {"type": "dataset", "data": [recordings[0]]}]
    with Web(Remembered(), limits=QUICK) as web:
        asked = ListenBrainz(web, site.base, site.base)
        for said in (recordings, tables):
            raw = json.dumps(said).encode()
            site.special["/similar-recordings/json"] = lambda handler, raw=raw: answer(handler, 200, raw)
            assert asked.similar_recordings([mbid(1), "nonsense"], "an_algorithm") == [
                Suggested(mbid(2), 7.0, "A", "T", mbid(1))
            ]
        site.special["/similar-artists/json"] = lambda handler: answer(handler, 200, json.dumps(artists).encode())
        assert asked.similar_artists([mbid(1)]) == [Suggested(mbid(3), 5.0, "B", "", mbid(1))]
        nothing = json.dumps([{"type": "markup", "data": "<p>No similar recordings found!</p>"}]).encode()
        site.special["/similar-recordings/json"] = lambda handler: answer(handler, 200, nothing)
        assert asked.similar_recordings([mbid(1)]) == []
        assert asked.similar_recordings(["nonsense"]) == []
    assert json.loads(site.bodies[0]) == [{"recording_mbids": [mbid(1)], "algorithm": "an_algorithm"}]
