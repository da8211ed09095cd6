"""A sync from a web host, good and bad: the log tells all that was sent; whatever goes wrong, the old model stays."""

import functools
import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.config.settings import Settings
from app.domain.ids import TrackId
from app.domain.sync import Origin, Request, SyncReport
from app.storage.network_log import NetworkLog
from app.storage.recordings import Called
from app.sync.given import told_to
from app.sync.models import ModelFolder
from app.sync.origin import is_due, origin_of
from app.sync.providers import service
from app.sync.providers.base import Given
from app.sync.run import sync
from recommender.files import shards
from recommender.publishing.publish import publish
from recommender.publishing.signed_folder import Validity
from recommender.remote.http import Limits, Web
from tests.helpers.builders import a_database
from tests.helpers.crowd import a_model_folder
from tests.helpers.params import first
from tests.helpers.web import Site, a_site, answer

NOW_MS = 1_760_000_000_000
QUICK = Limits(connect_s=5, gap_s=1.5, whole_s=20, download_s=20)


@dataclass
class Host:
    """A web host over a repository, and the device that syncs from it."""

    folder: Path
    site: Site
    shelf: ModelFolder
    log: NetworkLog

    def publish(self, number: int, days: int = 0, validity: Validity | None = None) -> str:
        made = a_model_folder(self.folder / f"model{number}", created=1_760_000_000 + number)
        at = datetime.now(UTC) + timedelta(days=days)
        publish(self.folder / f"model{number}", self.folder / "repo", self.folder / "keys", at, validity)
        return made.id

    def given(self, place: str = "", fingerprint: str = "") -> Given:
        origin = Origin("service", place or self.site.base, fingerprint=fingerprint)
        return Given(origin, self.shelf.trust, told_to(self.log))

    def sync(self, place: str = "", fingerprint: str = "", stop: Callable[[], bool] = lambda: False) -> SyncReport:
        return sync(self.shelf, self.given(place, fingerprint), lambda: NOW_MS, lambda _moved: None, stop)

    @property
    def in_use(self) -> str:
        current = self.shelf.models().current
        return current.id if current is not None else ""

    def every(self, handler: Callable[..., None], but: tuple[str, ...] = ()) -> None:
        """Answers everything that is there like this."""
        for path in (self.folder / "repo").rglob("*"):
            name = f"/{path.relative_to(self.folder / 'repo').as_posix()}"
            if not any(part in name for part in but):
                self.site.special[name] = handler


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    monkeypatch.setattr(service, "Web", functools.partial(Web, limits=QUICK))
    database = a_database(tmp_path)
    with a_site(tmp_path / "repo") as site:
        yield Host(tmp_path, site, ModelFolder(tmp_path / "models"), NetworkLog(database))
    database.close()


def test_a_signed_model_comes_and_every_request_is_in_the_log(host: Host) -> None:
    made = host.publish(1)
    report = host.sync()
    assert report == SyncReport("A new model is in use: 30 recordings of 50 listeners.", changed=True)
    assert host.in_use == made
    current = host.shelf.models().current
    assert current is not None
    assert len(current.signed_by.replace(" ", "")) == 32
    sent = host.log.newest()[::-1]
    assert [one.request.path for one in sent] == [path for path, _ in host.site.seen]
    assert {one.request.host for one in sent} == {host.site.base.removeprefix("http://")}
    assert {one.outcome for one in sent} == {"200", "404"}
    assert all(one.request.why for one in sent)
    assert host.sync() == SyncReport("The newest model is in use already.")
    newer = host.publish(2)
    assert host.sync().changed
    assert host.in_use == newer


def test_what_is_shown_beforehand_is_what_stands_on_the_wire(host: Host) -> None:
    heard: list[bytes] = []
    host.publish(1)
    with _recorded(heard, host.site) as base:
        shown = service.ServiceProvider(host.given(base)).preview()
        assert host.sync(base).changed
    assert [request.text.encode() for request in shown[:3]] == heard[:3]
    assert len(heard) >= len(shown)
    for request, raw in zip(shown[3:6], heard[3:6], strict=True):
        assert _without_names(request.text) == _without_names(raw.decode())
    known = service.ServiceProvider(host.given(base)).preview()
    assert len(known) == len(shown) - 1  # the signers are known now


def test_of_a_newer_model_what_changed_is_fetched_and_of_a_large_one_its_pieces(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.publish(1)
    assert host.sync().changed
    newer = host.publish(2)
    old = host.shelf.models().current
    assert old is not None
    given = replace(host.given(), have=lambda: host.shelf.path_of(old))
    asked_before = len(host.site.seen)
    assert sync(host.shelf, given, lambda: NOW_MS, lambda _moved: None, lambda: False).changed
    assert host.in_use == newer
    assert not [path for path, _ in host.site.seen[asked_before:] if path.endswith(".safetensors")]
    monkeypatch.setattr(shards, "LARGEST_WHOLE_BYTES", 10)
    large = host.publish(3)
    asked_before = len(host.site.seen)
    given = replace(given, library=lambda: [Called(TrackId(1), "Artist 1", "Title 1", "")])
    assert sync(host.shelf, given, lambda: NOW_MS, lambda _moved: None, lambda: False).changed
    assert host.in_use == large
    fetched = [path for path, _ in host.site.seen[asked_before:] if path.endswith(".safetensors")]
    assert fetched
    assert all("shard-" in path or "common-" in path for path in fetched)
    report = sync(host.shelf, given, lambda: NOW_MS, lambda _moved: None, lambda: False)
    assert report.sentence == "The newest model is in use already."


class _recorded:
    """A door before a site that writes down what goes through; one request a connection."""

    def __init__(self, heard: list[bytes], site: Site) -> None:
        self._heard, self._port, self._over = heard, int(site.base.rpartition(":")[2]), threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.settimeout(0.05)
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> str:
        self._threads.append(threading.Thread(target=self._serve))
        self._threads[0].start()
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        self._door.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                guest, _ = self._door.accept()
            except TimeoutError:
                continue
            self._threads.append(threading.Thread(target=self._through, args=(guest,)))
            self._threads[-1].start()

    def _through(self, guest: socket.socket) -> None:
        guest.settimeout(3)
        with guest:
            try:
                while not self._over.is_set() and (raw := guest.recv(65_536)):
                    self._heard.append(raw)
                    with socket.create_connection(("127.0.0.1", self._port)) as inside:
                        inside.settimeout(3)
                        inside.sendall(raw.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
                        while piece := inside.recv(65_536):
                            guest.sendall(piece.replace(b"Connection: close\r\n", b""))
            except OSError:
                return


def _without_names(text: str) -> str:
    """A request, where only an answer tells a number or a digest in its path."""
    return re.sub(r"/(<n>|<digest>|\d+|[0-9a-f]{64})\.", "/*.", text)


def test_signers_other_than_those_the_listener_was_told_of_are_refused(host: Host) -> None:
    made = host.publish(1)
    report = host.sync(fingerprint="0000 1111 2222 3333")
    assert report.failed
    assert "not those you were told of" in report.sentence
    assert host.in_use == ""
    host.sync()
    current = host.shelf.models().current
    assert current is not None
    assert host.sync(fingerprint=current.signed_by.upper()).sentence == "The newest model is in use already."
    shutil.rmtree(host.folder / "repo")
    shutil.rmtree(host.folder / "keys")
    host.publish(3)  # somebody else's keys at the same address
    report = host.sync()
    assert report.failed
    assert "not signed by whom it should be" in report.sentence
    assert host.in_use == made


def _later(handler: object) -> None:
    answer(handler, 429, b"", Retry_After="7200")  # type: ignore[arg-type]


def _moved(to: str) -> Callable[..., None]:
    return lambda handler: answer(handler, 302, b"", Location=to)


def _cut(handler: object) -> None:
    """Half of what it promises."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 500)  # type: ignore[attr-defined]
    handler.close_connection = True  # type: ignore[attr-defined]


def _endless(handler: object) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 20_000_000)  # type: ignore[attr-defined]
    handler.close_connection = True  # type: ignore[attr-defined]


TROUBLE: dict[str, tuple[Callable[..., None], str]] = {
    "500": (lambda handler: answer(handler, 500), "error (500)"),
    "429": (_later, "busy"),
    "a redirect to http": (_moved("http://example.com/x"), "without encryption"),
    "a redirect to a file": (_moved("file:///etc/passwd"), "https://"),
    "a redirect inside": (_moved("https://192.168.1.1/x"), "your own network"),
    "a redirect in a circle": (lambda handler: answer(handler, 302, b"", Location=handler.path), "on and on"),
    "cut off": (_cut, ""),
    "endless": (_endless, ""),
    "other bytes": (lambda handler: answer(handler, 200, b"\x00" * 700), ""),
    "not there any more": (lambda handler: answer(handler, 404), "no repository"),
    "packed": (lambda handler: answer(handler, 200, b"\x1f\x8b", Content_Encoding="gzip"), "packed"),
}


@pytest.mark.parametrize("trouble", first(TROUBLE, 3))
def test_a_host_in_trouble_leaves_the_old_model_and_one_sentence(trouble: str, host: Host) -> None:
    old = host.publish(1)
    assert host.sync().changed
    host.publish(2)
    handler, words = TROUBLE[trouble]
    host.every(handler, but=("root.json",))
    report = host.sync()
    assert report.failed
    assert words in report.sentence
    assert "\n" not in report.sentence
    assert " stays" in report.sentence
    assert host.in_use == old
    host.site.special.clear()
    assert host.sync().changed  # and nothing of it is in the way


@pytest.mark.parametrize("trouble", ["cut off", "other bytes", "endless"])
def test_parts_of_a_model_that_are_not_what_was_signed_are_thrown_away(trouble: str, host: Host) -> None:
    old = host.publish(1)
    host.sync()
    host.publish(2)
    host.every(TROUBLE[trouble][0], but=("metadata", "model.json"))
    report = host.sync()
    assert report.failed
    assert host.in_use == old
    host.site.special.clear()
    assert host.sync().changed


def test_a_busy_host_is_left_alone_for_as_long_as_it_says(host: Host) -> None:
    host.publish(1)
    host.every(_later)
    report = host.sync()
    assert report.again_s == 7200
    last = host.shelf.last()
    assert last.again_ms == NOW_MS + 7_200_000
    chosen = Settings(sync_from="service", sync_service=host.site.base)
    settings = replace(chosen, sync_agreed=origin_of(chosen).agreement)
    assert not is_due(settings, last, NOW_MS + 7_100_000)
    assert is_due(settings, last, NOW_MS + 7_300_000)


def test_nobody_there_a_silent_host_and_no_address_are_sentences(host: Host) -> None:
    old = host.publish(1)
    host.sync()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        nobody = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert "did not answer in time" in host.sync(nobody).sentence
    odd = ("http://example.com", "ftp://127.0.0.1", "https://a@b/", "nonsense", "https://" + "x" * 9_000)
    for place in (nobody, *odd):
        report = host.sync(place)
        assert report.failed, place
        assert report.sentence.endswith("stays in use.")
    assert host.in_use == old


def test_an_old_state_and_a_frozen_one_are_told_from_the_newest(host: Host) -> None:
    host.publish(1)
    host.sync()
    shutil.copytree(host.folder / "repo", host.folder / "kept")
    newer = host.publish(2)
    assert host.sync().changed
    shutil.rmtree(host.folder / "repo")
    shutil.copytree(host.folder / "kept", host.folder / "repo")
    report = host.sync()
    assert "older state" in report.sentence
    assert report.sentence.count("stays") == 1
    assert host.in_use == newer


def test_a_repository_that_has_said_nothing_for_too_long_is_not_believed(host: Host) -> None:
    host.publish(1, days=-400)
    report = host.sync()
    assert report.failed
    assert "for too long" in report.sentence
    assert host.in_use == ""


def test_a_sync_that_is_stopped_in_a_download_goes_on_from_there(host: Host) -> None:
    made = host.publish(1)
    stops = iter([False] * 12)
    report = host.sync(stop=lambda: next(stops, True))
    assert report == SyncReport("The sync was stopped; it goes on from there next time.")
    assert host.in_use == ""
    assert host.sync().changed
    assert host.in_use == made


def test_a_request_that_cannot_be_written_down_is_not_sent(host: Host) -> None:
    host.publish(1)

    def refuse(_request: Request) -> Callable[[int, str], None]:
        raise OSError("the log is full")

    given = replace(host.given(), told=refuse)
    assert sync(host.shelf, given, lambda: NOW_MS, lambda _moved: None, lambda: False).failed
    assert host.site.seen == []


def test_a_published_folder_on_this_machine_is_held_to_its_signatures_too(host: Host) -> None:
    def from_disk() -> SyncReport:
        given = Given(Origin("folder", str(host.folder / "repo")), host.shelf.trust)
        return sync(host.shelf, given, lambda: NOW_MS, lambda _moved: None, lambda: False)

    made = host.publish(1)
    assert from_disk().changed
    current = host.shelf.models().current
    assert current is not None
    assert (current.id, len(current.signed_by)) == (made, 39)
    shutil.copytree(host.folder / "repo", host.folder / "kept")
    newer = host.publish(2)
    assert from_disk().changed
    for path in (host.folder / "repo" / "metadata").glob("*timestamp.json"):
        path.unlink()
    assert "no repository" in from_disk().sentence
    shutil.rmtree(host.folder / "repo")
    shutil.copytree(host.folder / "kept", host.folder / "repo")
    assert "older state" in from_disk().sentence
    host.publish(3)
    for path in (host.folder / "repo" / "targets").glob("*.safetensors"):
        path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    assert from_disk().failed
    assert host.in_use == newer
    assert host.site.seen == []
    assert host.log.newest() == []
