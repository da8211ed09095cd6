"""Listens that are given and withdrawn, and the tokens that allow it."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from recommender.remote import protocol
from recommender.service import listens as given
from recommender.service.app import Settings
from recommender.service.guard import Limits
from recommender.service.tokens import TokenError, Tokens
from tests.helpers.community import a_model_folder, mbid
from tests.helpers.service import Service, a_service

LISTEN = {"artist": "Sigur Rós", "title": "Hoppípolla", "day": 20_000}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    folder = a_model_folder(tmp_path / "model", 50)
    with a_service(Settings(folder, tmp_path / "listens", Limits(rate_s=10_000))) as found:
        yield found


def test_without_being_asked_for_no_listens_are_taken(tmp_path: Path) -> None:
    with a_service(Settings(a_model_folder(tmp_path / "model", 50))) as service:
        assert service.ask("POST", protocol.LISTENS, {"listens": [LISTEN]}).status == 404
        assert service.ask("DELETE", protocol.LISTENS).status == 404
        assert protocol.LISTENS not in service.ask("GET", protocol.OPENAPI).json()["paths"]


def test_listens_are_given_with_a_token_kept_by_day_and_withdrawn_whole(service: Service, tmp_path: Path) -> None:
    tokens = Tokens(tmp_path / "listens")
    ann, bob = tokens.made("ann"), tokens.made("bob")
    two = {"listens": [LISTEN, {"mbid": mbid(3), "day": 20_001}]}
    for token in (ann, ann, bob):
        found = service.ask("POST", protocol.LISTENS, two, Authorization=f"Bearer {token}")
        assert (found.status, found.json()) == (201, {"kept": 2})
    lines = [json.loads(line) for line in (tmp_path / "listens/ann.jsonl").read_text().splitlines()]
    assert lines[:2] == [
        {
            "user_name": "ann",
            "listened_at": 20_000 * 86_400,
            "track_metadata": {"artist_name": "Sigur Rós", "track_name": "Hoppípolla"},
        },
        {
            "user_name": "ann",
            "listened_at": 20_001 * 86_400,
            "track_metadata": {"artist_name": "", "track_name": "", "additional_info": {"recording_mbid": mbid(3)}},
        },
    ]
    assert len(lines) == 4
    assert stat.S_IMODE((tmp_path / "listens/ann.jsonl").stat().st_mode) == 0o600
    assert service.ask("DELETE", protocol.LISTENS, Authorization=f"Bearer {ann}").status == 204
    assert not (tmp_path / "listens/ann.jsonl").exists()
    assert (tmp_path / "listens/bob.jsonl").exists()
    assert service.ask("DELETE", protocol.LISTENS, Authorization=f"Bearer {ann}").status == 204


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer x", "Basic YTpi", "Bearer " + "a" * 43, "Bearer ../../x", "ann"]
)
def test_without_a_token_nothing_is_given_or_withdrawn(service: Service, tmp_path: Path, given: str) -> None:
    Tokens(tmp_path / "listens").made("ann")
    for method, body in (("POST", {"listens": [LISTEN]}), ("DELETE", None)):
        found = service.ask(method, protocol.LISTENS, body, Authorization=given)
        assert found.status == 401
        assert found.headers["WWW-Authenticate"] == "Bearer"
    assert not list((tmp_path / "listens").glob("*.jsonl"))


@pytest.mark.parametrize(
    "listen",
    [{}, {"day": 1}, {**LISTEN, "day": -1}, {**LISTEN, "day": 10**9}, {**LISTEN, "day": 20_000.5},
     {**LISTEN, "listened_at": 1_760_000_000}, {**LISTEN, "artist": "x" * 501}, {"mbid": "x", "day": 1}],
)  # fmt: skip
def test_a_time_of_day_or_nonsense_is_refused(service: Service, tmp_path: Path, listen: dict[str, object]) -> None:
    token = Tokens(tmp_path / "listens").made("ann")
    found = service.ask("POST", protocol.LISTENS, {"listens": [listen]}, Authorization=f"Bearer {token}")
    assert found.status == 422
    assert not list((tmp_path / "listens").glob("*.jsonl"))


def test_a_full_listener_is_told(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "MOST_BYTES", 200)
    token = Tokens(tmp_path / "listens").made("ann")
    statuses = [
        service.ask("POST", protocol.LISTENS, {"listens": [LISTEN]}, Authorization=f"Bearer {token}").status
        for _ in range(3)
    ]
    assert statuses == [201, 507, 507]


def test_tokens_are_kept_as_hashes_and_are_one_a_listener(tmp_path: Path) -> None:
    tokens, others = Tokens(tmp_path), Tokens(tmp_path)
    first = tokens.made("ann")
    assert others.listener(first) == "ann"
    assert first not in (tmp_path / "tokens").read_text()
    assert stat.S_IMODE((tmp_path / "tokens").stat().st_mode) == 0o600
    second = tokens.made("ann")
    assert others.listener(first) is None
    assert others.listener(second) == "ann"
    assert others.forget("ann")
    assert not others.forget("ann")
    assert tokens.listener(second) is None
    for name in ("", "../ann", "a" * 41, "a b", "a.b"):
        with pytest.raises(TokenError):
            tokens.made(name)
