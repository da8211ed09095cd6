"""The service over a real socket: what it answers, and what it does with what is wrong, slow or too much."""

import asyncio
import json
import logging
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from recommender.files.community_files import read_model
from recommender.files.community_manifest import read_model_manifest
from recommender.files.errors import ModelFileError
from recommender.keys import hashed, names_key
from recommender.publishing.publish import publish
from recommender.remote import protocol
from recommender.remote.http import Web
from recommender.remote.repository import Repository, first_root
from recommender.service import serve
from recommender.service.app import Settings, created, environment_of, settings_of
from recommender.service.guard import Limits, Rates
from tests.helpers.community import a_model_folder, mbid, title
from tests.helpers.service import Service, a_service
from tests.helpers.web import Remembered

PLENTY = Limits(rate_s=10_000)


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    publish(a_model_folder(folder / "model", 300), folder / "repo", folder / "keys", datetime.now(UTC))
    return folder / "repo"


@pytest.fixture
def service(repo: Path) -> Iterator[Service]:
    with a_service(Settings(repo, limits=PLENTY)) as found:
        yield found


def named(number: int, **more: Any) -> dict[str, Any]:
    artist, called = title(number)
    return {"artist": artist, "title": called, **more}


def key_of(number: int) -> str:
    return f"{int(hashed([names_key(*title(number))])[0]):012x}"


def test_seeds_are_answered_with_recordings_and_why(service: Service) -> None:
    seeds = [named(5, weight=3), {"mbid": mbid(8)}, {"key": key_of(9)}, {"artist": "Nobody", "title": "Knows"}]
    found = service.ask("POST", protocol.RECOMMEND, {"seeds": seeds, "n": 12, "exclude": [named(25)]})
    assert found.status == 200
    said = found.json()
    assert said["known"] == 3
    assert len(said["recordings"]) == 12
    keys = [one["key"] for one in said["recordings"]]
    assert not set(keys) & {key_of(number) for number in (5, 8, 9, 25)}
    best = said["recordings"][0]
    assert best["artist"].startswith("Artist ")
    assert best["title"].startswith("Title ")
    assert len(best["mbid"]) == 36
    assert {one["because"]["seed"] for one in said["recordings"]} <= {0, 1, 2, None}
    assert [one["score"] for one in said["recordings"]] == sorted(
        (one["score"] for one in said["recordings"]), reverse=True
    ) or len(set(keys)) == 12


def test_one_recording_has_similar_ones_and_an_unknown_one_has_none(service: Service) -> None:
    found = service.ask("GET", f"{protocol.SIMILAR}/{key_of(7)}?n=5").json()
    assert len(found["recordings"]) == 5
    assert service.ask("GET", f"{protocol.SIMILAR}/{'0' * 12}").status == 404
    for wrong in ("xyz", "0" * 13, "%00", "..%2f..%2fetc"):
        assert service.ask("GET", f"{protocol.SIMILAR}/{wrong}").status in (404, 422)


def test_it_says_what_it_is(service: Service, repo: Path) -> None:
    manifest = read_model_manifest(repo.parent / "model")
    assert service.ask("GET", protocol.HEALTH).json() == {
        "status": "ok", "protocol": 1, "model": manifest.id, "created": manifest.about.created,
    }  # fmt: skip
    (facts,) = service.ask("GET", protocol.MODELS).json()["models"]
    assert (facts["id"], facts["n_items"], facts["quality"]) == (manifest.id, 300, {"ndcg@10 never heard": 0.08})
    description = service.ask("GET", protocol.OPENAPI).json()
    assert set(description["paths"]) == {
        protocol.RECOMMEND, protocol.SIMILAR + "/{key}", protocol.HEALTH, protocol.MODELS,
    }  # fmt: skip


def test_players_fetch_the_repository_from_it(service: Service, repo: Path, tmp_path: Path) -> None:
    log = Remembered()
    with Web(log) as web:
        root = first_root(web, service.base).raw
        repository = Repository(web, service.base, root, tmp_path / "state")
        repository.fetch(repository.latest(), tmp_path / "got")
    assert read_model(tmp_path / "got").keys.tolist() == read_model(repo.parent / "model").keys.tolist()


def test_its_files_have_etags_and_ranges_and_say_how_long_they_keep(service: Service, repo: Path) -> None:
    core = next(repo.glob("targets/*core*"))
    path = f"/targets/{core.name}"
    whole = service.ask("GET", path)
    assert whole.data == core.read_bytes()
    assert "immutable" in whole.headers["Cache-Control"]
    same = service.ask("GET", path, If_None_Match=whole.headers["ETag"])
    assert (same.status, same.data) == (304, b"")
    rest = service.ask("GET", path, Range="bytes=100-")
    assert (rest.status, rest.data) == (206, whole.data[100:])
    assert rest.headers["Content-Range"] == f"bytes 100-{len(whole.data) - 1}/{len(whole.data)}"
    assert service.ask("GET", path, Range=f"bytes={len(whole.data)}-").status == 416
    assert service.ask("GET", "/metadata/timestamp.json").headers["Cache-Control"] == "no-cache"
    assert service.ask("HEAD", path).headers["Content-Length"] == str(len(whole.data))


def test_nothing_outside_of_the_repository_is_handed_out(service: Service, repo: Path) -> None:
    (repo.parent / "secret").write_text("secret")
    (repo / "targets/led-out").symlink_to(repo.parent / "secret")
    for path in (
        "/targets/../../secret", "/targets/%2e%2e/%2e%2e/secret", "/targets/..%2f..%2fsecret", "/targets/", "/metadata",
        "/targets/led-out", "/keys/", "/targets//etc/passwd", "/docs", "/redoc", "/",
    ):  # fmt: skip
        found = service.ask("GET", path)
        assert found.status in (404, 405), path
        assert b"secret" not in found.data
    (repo / "targets/led-out").unlink()


WRONG: list[Any] = [
    b"", b"{", b"nonsense", b"null", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"seeds":' * 10_000, b'{"seeds": [NaN]}',
    {}, {"seeds": []}, {"seeds": {}}, {"seeds": [{}]}, {"seeds": [{"artist": "only"}]}, {"seeds": [None]},
    {"seeds": [named(1)], "n": 0}, {"seeds": [named(1)], "n": 10**30}, {"seeds": [named(1)], "n": "many"},
    {"seeds": [named(1)], "extra": 1}, {"seeds": [named(1, weight=0)]}, {"seeds": [named(1, weight=-1)]},
    {"seeds": [named(1, weight=1e300)]}, {"seeds": [{"key": "0" * 11}]}, {"seeds": [{"key": 5}]},
    {"seeds": [{"mbid": "x"}]}, {"seeds": [{"artist": "a" * 501, "title": "b"}]}, {"seeds": [named(1)] * 10_000},
    {"seeds": [named(1)], "exclude": [named(1)] * 5_000}, {"seeds": [named(1, weight="1")]},
    {"seeds": [named(1)], "n": "5"}, {"seeds": [named(1)], "n": True}, {"seeds": [named(1, weight=True)]},
    b'{"seeds": [{"artist": "a", "title": "b", "weight": 1e999}]}',
    b'{"seeds": [{"artist": "a", "title": "b", "weight": NaN}]}',
    b'{"seeds": [{"artist": "a", "title": "b", "weight": ' + b"9" * 5_000 + b"}]}",
]  # fmt: skip


@pytest.mark.parametrize("body", WRONG, ids=range(len(WRONG)))
def test_what_makes_no_sense_is_refused_and_not_repeated(service: Service, body: Any) -> None:
    found = service.ask("POST", protocol.RECOMMEND, body)
    assert found.status in (400, 413, 422), found.data[:300]
    assert len(found.data) < 20_000
    assert "detail" in found.json()
    assert service.ask("GET", protocol.HEALTH).status == 200


@pytest.mark.parametrize("name", ["\x00", "a\ud800", "\u202e", "ﷺ" * 166, "е" * 500, "' OR 1=1 --", "😀"])
def test_any_name_is_a_name(service: Service, name: str) -> None:
    body = json.dumps({"seeds": [{"artist": name, "title": name}]}).encode()
    found = service.ask("POST", protocol.RECOMMEND, body)
    assert found.status in (200, 422)


def test_a_body_without_end_or_end_in_sight_is_cut_off(repo: Path) -> None:
    with a_service(Settings(repo, limits=Limits(rate_s=1_000, body_bytes=10_000, body_s=0.3))) as service:
        assert service.ask("POST", protocol.RECOMMEND, b" " * 10_001).status == 413
        port = int(service.base.rpartition(":")[2])
        head = b"POST /v1/recommend HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        for length in (b"Content-Length: 99999999999\r\n\r\n", b"Content-Length: 5000\r\n\r\nabc"):
            assert said(port, head + length).split()[1] in (b"413", b"408")
        endless = head + b"Transfer-Encoding: chunked\r\n\r\n" + (b"1000\r\n" + b" " * 0x1000 + b"\r\n") * 5
        assert said(port, endless).split()[1] == b"413"
        assert service.ask("GET", protocol.HEALTH).status == 200


def said(port: int, request: bytes) -> bytes:
    """All a server says until it hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as guest:
        guest.sendall(request)
        found = b""
        while more := guest.recv(65_536):
            found += more
        return found


def test_who_says_nothing_or_drips_a_head_is_hung_up_on(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "HEAD_S", 0.2)
    with a_service(Settings(repo, limits=PLENTY)) as service:
        port = int(service.base.rpartition(":")[2])
        assert said(port, b"") == b""
        assert said(port, b"GET /v1/health HTT") == b""
        whole = b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"
        assert said(port, whole).startswith(b"HTTP/1.1 200")
        assert said(port, whole + b"GET /v1/he").startswith(b"HTTP/1.1 200")
        assert said(port, b"nonsense\r\n\r\n").startswith(b"HTTP/1.1 400")
        assert service.ask("GET", protocol.HEALTH).status == 200


def test_too_many_requests_are_asked_to_wait(repo: Path) -> None:
    with a_service(Settings(repo, limits=Limits(rate_s=0.05, files=1_000))) as service:
        statuses = [service.ask("GET", protocol.HEALTH).status for _ in range(3)]
        assert statuses == [200, 429, 429]
        assert 1 <= int(service.ask("GET", protocol.HEALTH).headers["Retry-After"]) <= 20
        files = [service.ask("GET", "/metadata/timestamp.json").status for _ in range(20)]
        assert files == [200] * 20
    with a_service(Settings(repo, limits=Limits(rate_s=0.05, files=1))) as service:
        files = [service.ask("GET", "/metadata/timestamp.json").status for _ in range(3)]
        assert files == [200, 429, 429]


def test_a_rate_lets_through_what_it_says_and_remembers_a_bounded_number_of_clients() -> None:
    now = [0.0]
    rates = Rates(2.0, lambda: now[0])
    assert [rates.wait_s("a") for _ in range(7)] == [0.0] * 6 + [0.5]
    assert rates.wait_s("b") == 0.0
    now[0] = 0.5
    assert [rates.wait_s("a") for _ in range(2)] == [0.0, 0.5]
    for number in range(20_000):
        rates.wait_s(str(number))
    assert len(rates._buckets) == 10_000


def test_the_log_says_nothing_of_what_anybody_listens_to(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="segue.service"):
        service.ask("POST", protocol.RECOMMEND, {"seeds": [named(5)]})
        service.ask("GET", f"{protocol.SIMILAR}/{key_of(7)}")
        service.ask("GET", "/nothing/at/all?secret=1")
        service.ask("GET", "/metadata/timestamp.json")
        service.ask("PROPFIND", protocol.HEALTH)
        deadline = time.monotonic() + 10  # a line is written after the answer is out
        while len(caplog.records) < 5 and time.monotonic() < deadline:
            time.sleep(0.01)
    lines = [json.loads(record.message) for record in caplog.records if record.name == "segue.service"]
    assert sorted((line["method"], line["route"], line["status"]) for line in lines) == [
        ("?", "/v1/health", 405), ("GET", "/metadata", 200), ("GET", "/v1/similar/{key}", 200), ("GET", "?", 404),
        ("POST", "/v1/recommend", 200),
    ]  # fmt: skip
    assert all(set(line) == {"at", "method", "route", "status", "ms", "bytes"} for line in lines)
    assert key_of(7) not in caplog.text
    assert "127.0.0.1" not in caplog.text
    assert "secret" not in caplog.text


def test_a_newer_model_is_taken_up_between_two_requests(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    publish(a_model_folder(tmp_path / "first", 100), tmp_path / "repo", keys, datetime.now(UTC))
    with a_service(Settings(tmp_path / "repo", limits=PLENTY)) as service:
        before = service.ask("GET", protocol.HEALTH).json()["model"]
        second = a_model_folder(tmp_path / "second", 150, seed=2)
        publish(second, tmp_path / "repo", keys, datetime.now(UTC))
        seen, statuses, deadline = {before}, set(), time.monotonic() + 20
        while read_model_manifest(second).id not in seen and time.monotonic() < deadline:
            found = service.ask("POST", protocol.RECOMMEND, {"seeds": [named(5)]})
            statuses.add(found.status)
            seen.add(found.json()["model"])
        assert seen == {before, read_model_manifest(second).id}
        assert statuses == {200}
        assert service.ask("GET", protocol.MODELS).json()["models"][0]["n_items"] == 150


def test_a_newer_model_that_cannot_be_used_changes_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = a_model_folder(tmp_path / "model", 100)
    app = created(Settings(folder))
    state = app.state.models
    before = state.current
    a_model_folder(folder, 120, seed=5)
    core = max(folder.glob("core*"), key=lambda path: path.stat().st_mtime_ns)
    raw = core.read_bytes()
    core.write_bytes(raw[:-1])
    assert asyncio.run(state.look()) is False
    assert state.current is before
    assert "trouble" in caplog.text
    core.write_bytes(raw)
    (folder / "model.json").touch()
    assert asyncio.run(state.look()) is True
    assert state.current.manifest.n_items == 120
    assert asyncio.run(state.look()) is False


def test_without_a_model_it_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError):
        created(Settings(tmp_path))


def test_settings_reach_the_workers(tmp_path: Path) -> None:
    for settings in (Settings(tmp_path), Settings(tmp_path, tmp_path / "listens", Limits(rate_s=7.5))):
        assert settings_of(environment_of(settings)) == settings
