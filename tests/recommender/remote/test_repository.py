"""The client against what a bad or unlucky host can do to a signed repository."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recommender.files.community_files import read_model
from recommender.files.community_manifest import read_model_manifest
from recommender.publishing.publish import publish, refresh, rotate
from recommender.publishing.signed_folder import Validity
from recommender.remote.errors import BadAnswer, Untrusted
from recommender.remote.http import Web
from recommender.remote.repository import Repository, first_root
from tests.helpers.community import a_model_folder
from tests.helpers.publisher import QUICK, Publisher, now, targets_of
from tests.helpers.web import Remembered, a_site


def changed(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    said = json.loads(path.read_text())
    change(said["signed"])
    path.write_text(json.dumps(said))


def test_the_newest_model_arrives_whole(publisher: Publisher, tmp_path: Path) -> None:
    here: list[tuple[int, int]] = []
    with Web(publisher.log, limits=QUICK) as web:
        repository = Repository(web, publisher.site.base, publisher.root, tmp_path / "state")
        newest = repository.latest()
        into = repository.fetch(newest, tmp_path / "got", lambda got, whole: here.append((got, whole)))
    assert newest.manifest == read_model_manifest(tmp_path / "model1")
    assert newest.valid_until_s > now().timestamp() + 13 * 86_400
    assert read_model(into).keys.tolist() == read_model(tmp_path / "model1").keys.tolist()
    assert here == sorted(here)
    assert here[-1] == (newest.manifest.size_bytes, newest.manifest.size_bytes)


def test_nothing_but_public_files_is_asked_for_and_all_of_it_is_in_the_log(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.asked(tmp_path / "got")
    assert [path for path, _ in publisher.site.seen] == publisher.log.paths
    assert all(path.startswith(("/metadata/", "/targets/")) for path in publisher.log.paths)
    assert all(request.method == "GET" and request.bytes_out == 0 and request.why for request in publisher.log.requests)
    assert publisher.site.connections <= 3


def test_a_second_look_finds_the_next_model_and_fetches_what_is_new_alone(publisher: Publisher, tmp_path: Path) -> None:
    publisher.asked(tmp_path / "got")
    second = publisher.publish(2)
    newest = publisher.asked(tmp_path / "got")
    assert newest.manifest == read_model_manifest(second)
    publisher.log.requests.clear()
    publisher.asked(tmp_path / "got")
    parts = [path for path in publisher.log.paths if path.startswith("/targets/")]
    assert [path.split(".", 1)[1] for path in parts] == ["model.json"]


def test_an_older_state_shown_again_is_known_for_one(publisher: Publisher) -> None:
    first = publisher.kept()
    publisher.publish(2)
    publisher.asked()
    publisher.site.folder = first
    with pytest.raises(Untrusted, match="older"):
        publisher.asked()


def test_an_older_snapshot_or_an_older_list_under_a_new_date_is_known_for_one(publisher: Publisher) -> None:
    for name in ("snapshot", "targets"):
        publisher.publish(int(name == "targets") + 2)
        publisher.asked()
        newest = max(publisher.repo.glob(f"metadata/*.{name}.json"), key=lambda path: int(path.name.split(".")[0]))
        raw = newest.read_bytes()
        older = newest.with_name(f"{int(newest.name.split('.')[0]) - 1}.{name}.json")
        publisher.publish(int(name == "targets") + 12)
        newer = max(publisher.repo.glob(f"metadata/*.{name}.json"), key=lambda path: int(path.name.split(".")[0]))
        kept = newer.read_bytes()
        newer.write_bytes(older.read_bytes())
        with pytest.raises(Untrusted):
            publisher.asked()
        newer.write_bytes(raw)
        with pytest.raises(Untrusted):
            publisher.asked()
        newer.write_bytes(kept)
        publisher.asked()


def test_who_is_shown_the_same_state_for_ever_notices_when_it_runs_out(tmp_path: Path) -> None:
    with a_site(tmp_path / "repo") as site:
        publisher = Publisher(tmp_path, site, Remembered())
        publisher.publish(1, days=-30)  # its word was good for 14 days
        publisher.pin()
        with pytest.raises(Untrusted, match="too long"):
            publisher.asked()
        refresh(publisher.repo, tmp_path / "keys", now())
        publisher.asked()


def test_a_repository_whose_owner_is_gone_runs_out_as_a_whole(tmp_path: Path) -> None:
    with a_site(tmp_path / "repo") as site:
        publisher = Publisher(tmp_path, site, Remembered())
        publisher.publish(1, days=-100, validity=Validity(root=50, targets=365, snapshot=365, timestamp=365))
        publisher.pin()
        with pytest.raises(Untrusted, match="too long"):
            publisher.asked()


@pytest.mark.parametrize("role", ["root", "timestamp", "snapshot", "targets"])
def test_new_keys_are_followed(publisher: Publisher, tmp_path: Path, role: str) -> None:
    publisher.asked()
    for _ in range(2):
        rotate(role, publisher.repo, tmp_path / "keys", now())
    second = publisher.publish(2)
    assert publisher.asked(tmp_path / "got").manifest == read_model_manifest(second)
    shutil.rmtree(tmp_path / "state")  # a device that knows only the first root
    assert publisher.asked().manifest == read_model_manifest(second)


@pytest.mark.parametrize("role", ["timestamp", "targets"])
def test_a_stolen_key_is_worth_nothing_after_a_rotation(publisher: Publisher, tmp_path: Path, role: str) -> None:
    stolen = Path(shutil.copytree(tmp_path / "keys", tmp_path / "stolen"))
    before = publisher.kept()
    rotate(role, publisher.repo, tmp_path / "keys", now())
    publisher.asked()
    model = a_model_folder(tmp_path / "evil", seed=66)
    publish(model, before, stolen, now())
    publish(a_model_folder(tmp_path / "evil2", seed=67), before, stolen, now())
    shutil.copy(publisher.repo / "metadata/2.root.json", before / "metadata")
    publisher.site.folder = before
    with pytest.raises(Untrusted):
        publisher.asked()


def test_another_repository_under_the_address_is_not_believed(publisher: Publisher, tmp_path: Path) -> None:
    publish(a_model_folder(tmp_path / "evil", seed=66), tmp_path / "other", tmp_path / "other keys", now())
    for _ in range(3):
        refresh(tmp_path / "other", tmp_path / "other keys", now())
    publisher.site.folder = tmp_path / "other"
    for seen in (False, True):
        if seen:
            publisher.site.folder = publisher.repo
            publisher.asked()
            publisher.site.folder = tmp_path / "other"
        with pytest.raises(Untrusted, match="not signed"):
            publisher.asked()


@pytest.mark.parametrize("name", ["1.targets.json", "1.snapshot.json", "timestamp.json"])
@pytest.mark.parametrize("how", ["changed", "unsigned", "nonsense", "empty", "array", "deep"])
def test_metadata_that_was_touched_is_not_believed(publisher: Publisher, name: str, how: str) -> None:
    path = publisher.repo / "metadata" / name
    said = json.loads(path.read_text())
    if how == "changed":
        changed(path, lambda signed: signed.update(version=signed["version"] + 1))
    elif how == "unsigned":
        path.write_text(json.dumps({**said, "signatures": []}))
    else:
        path.write_text({"nonsense": "{", "empty": "", "array": "[]", "deep": "[" * 10_000}[how])
    with pytest.raises(Untrusted):
        publisher.asked()
    path.write_text(json.dumps(said))


@pytest.mark.parametrize("name", ["1.targets.json", "1.snapshot.json", "timestamp.json"])
def test_metadata_without_end_ends(publisher: Publisher, name: str) -> None:
    path = publisher.repo / "metadata" / name
    path.write_bytes(b" " * 8_000_000 + path.read_bytes())
    with pytest.raises(BadAnswer, match="more"):
        publisher.asked()
    assert max(answer.bytes_in for answer in publisher.log.answers) < 6_000_000


@pytest.mark.parametrize("kind", ["core", "model.json"])
@pytest.mark.parametrize("how", ["flipped", "ten times", "other model's"])
def test_files_that_are_not_those_that_were_signed_are_thrown_away(
    publisher: Publisher, tmp_path: Path, kind: str, how: str
) -> None:
    (path,) = [path for path in targets_of(publisher) if kind in path.name]
    raw = path.read_bytes()
    other = a_model_folder(tmp_path / "other", seed=9)
    wrong = {
        "flipped": raw[:-1] + bytes([raw[-1] ^ 1]),
        "ten times": raw * 10,
        "other model's": next(other.glob(f"{kind}*")).read_bytes(),
    }[how]
    path.write_bytes(wrong)
    with pytest.raises((Untrusted, BadAnswer)):
        publisher.asked(tmp_path / "got")
    assert not (tmp_path / "got/model.json").exists()
    assert not [found for found in (tmp_path / "got").glob("core*") if kind == "core"]
    path.write_bytes(raw)
    publisher.asked(tmp_path / "got")
    read_model(tmp_path / "got")


def test_a_list_of_files_that_is_signed_and_does_not_fit_the_model_is_not_used(publisher: Publisher) -> None:
    from recommender.publishing.keys import KeyFolder
    from recommender.publishing.signed_folder import SignedFolder

    signed = SignedFolder(publisher.repo, KeyFolder(publisher.folder / "keys"), now())
    with signed.edit_targets() as targets:
        core = next(name for name in targets.targets if name.startswith("core"))
        targets.targets[core].length += 1
    signed.follow()
    with pytest.raises(Untrusted, match="belong together"):
        publisher.asked()
    with signed.edit_targets() as targets:
        del targets.targets[core]
    signed.follow()
    with pytest.raises(BadAnswer, match="no whole model"):
        publisher.asked()


def test_what_is_no_repository_is_not_offered_for_trust(publisher: Publisher, tmp_path: Path) -> None:
    path = publisher.repo / "metadata/1.root.json"
    raw = path.read_bytes()
    with Web(publisher.log, limits=QUICK) as web:
        assert first_root(web, publisher.site.base + "/").raw == raw
        other = (publisher.repo / "metadata/1.targets.json").read_bytes()
        bad = raw.replace(b'"version":1}', b'"version":3}')
        assert bad != raw
        for wrong in (b"", b"{}", b"<html>", other, bad, raw.replace(b'"sig":"', b'"sig":"00')):
            path.write_bytes(wrong)
            with pytest.raises(BadAnswer, match="no repository"):
                first_root(web, publisher.site.base)
        path.unlink()
        with pytest.raises(BadAnswer):
            first_root(web, publisher.site.base)
