import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata, Root

from recommender.files.community_manifest import read_model_manifest
from recommender.publishing.errors import PublishingError
from recommender.publishing.publish import current, current_target, publish, refresh, rotate
from recommender.publishing.signed_folder import Validity
from recommender.remote.protocol import fingerprint
from tests.helpers.community import a_model_folder

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    publish(a_model_folder(tmp_path / "first"), tmp_path / "repo", tmp_path / "keys", NOW)
    return tmp_path / "repo"


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def root_of(repository: Path) -> Root:
    newest = max(repository.glob("metadata/*.root.json"), key=lambda path: int(path.name.split(".")[0]))
    return Metadata[Root].from_file(str(newest)).signed


def test_a_model_is_published_whole_and_its_keys_are_secret(tmp_path: Path, repository: Path) -> None:
    manifest = read_model_manifest(tmp_path / "first")
    assert current(repository) == manifest
    parts = {f"targets/{part.sha256}.{part.file}" for part in manifest.parts.values()}
    assert files(repository) == parts | {
        f"targets/{manifest.id}.model.json", "metadata/1.root.json", "metadata/1.targets.json",
        "metadata/1.snapshot.json", "metadata/timestamp.json",
    }  # fmt: skip
    keys = list((tmp_path / "keys").iterdir())
    assert sorted(path.name.split("-")[0] for path in keys) == ["root", "snapshot", "targets", "timestamp"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in keys)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    secrets = [path.read_bytes() for path in keys]
    assert not any(b"PRIVATE" in path.read_bytes() for path in repository.rglob("*") if path.is_file())
    assert all(b"PRIVATE" in secret for secret in secrets)
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in repository.rglob("*"))


def test_its_first_root_has_a_fingerprint_that_never_changes(tmp_path: Path, repository: Path) -> None:
    raw = (repository / "metadata/1.root.json").read_bytes()
    shown = fingerprint(raw)
    assert len(shown.split()) == 8
    assert rotate("root", repository, tmp_path / "keys", NOW).fingerprint == shown
    assert refresh(repository, tmp_path / "keys", NOW).fingerprint == shown
    assert fingerprint(raw + b" ") != shown


def test_the_same_model_again_is_only_said_again(tmp_path: Path, repository: Path) -> None:
    before = files(repository)
    again = publish(tmp_path / "first", repository, tmp_path / "keys", NOW + timedelta(days=3))
    assert again.version == 1
    assert files(repository) == before
    assert again.valid_until == NOW + timedelta(days=17)


def test_files_stay_until_two_newer_models_are_out(tmp_path: Path, repository: Path) -> None:
    named = [{f for f in files(repository) if f.startswith("targets/")}]
    for at in range(2, 6):
        folder = a_model_folder(tmp_path / f"model{at}", seed=at, created=1_760_000_000 + at)
        published = publish(folder, repository, tmp_path / "keys", NOW + timedelta(days=at))
        manifest = read_model_manifest(folder)
        assert current(repository) == manifest
        assert published.version == at
        now = {f"targets/{part.sha256}.{part.file}" for part in manifest.parts.values()}
        named.append(now | {f"targets/{manifest.id}.model.json"})
        kept = set().union(*named[-3:])
        assert {f for f in files(repository) if f.startswith("targets/")} == kept
        assert (published.pruned > 0) == (at > 3)
        assert len(list(repository.glob("metadata/*.targets.json"))) == min(at, 3)
    assert (repository / "metadata/1.root.json").exists()


def test_refreshing_needs_the_key_of_the_timestamp_alone(tmp_path: Path, repository: Path) -> None:
    nightly = tmp_path / "nightly"
    nightly.mkdir(mode=0o700)
    (key,) = (tmp_path / "keys").glob("timestamp-*.pem")
    key.rename(nightly / key.name)
    later = refresh(repository, nightly, NOW + timedelta(days=10))
    assert later.valid_until == NOW + timedelta(days=24)
    with pytest.raises(PublishingError, match="timestamp"):
        refresh(repository, tmp_path / "keys", NOW + timedelta(days=11))


def test_what_runs_out_soon_is_renewed_along_the_way(tmp_path: Path, repository: Path) -> None:
    later = refresh(repository, tmp_path / "keys", NOW + timedelta(days=320), Validity(timestamp=30))
    assert later.version == 2
    assert later.valid_until == NOW + timedelta(days=350)
    assert current(repository) == read_model_manifest(tmp_path / "first")


@pytest.mark.parametrize("role", ["root", "timestamp", "snapshot", "targets"])
def test_a_role_gets_a_new_key_and_the_old_one_goes(tmp_path: Path, repository: Path, role: str) -> None:
    before, (old,) = root_of(repository), (tmp_path / "keys").glob(f"{role}-*.pem")
    rotate(role, repository, tmp_path / "keys", NOW)
    after = root_of(repository)
    assert after.version == before.version + 1
    assert not set(after.roles[role].keyids) & set(before.roles[role].keyids)
    (new,) = (tmp_path / "keys").glob(f"{role}-*.pem")
    assert new != old
    folder = a_model_folder(tmp_path / "second", seed=2)
    publish(folder, repository, tmp_path / "keys", NOW)
    assert current(repository) == read_model_manifest(folder)


def test_a_rotation_cut_short_is_finished_by_the_next_command(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("recommender.publishing.signed_folder.SignedFolder.follow", cut)
        with pytest.raises(KeyboardInterrupt):
            rotate("targets", repository, tmp_path / "keys", NOW)
    assert refresh(repository, tmp_path / "keys", NOW).version == 2


def test_a_publication_cut_short_changes_nothing_that_is_seen(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    second = a_model_folder(tmp_path / "second", seed=2)
    for step in ("do_snapshot", "do_timestamp"):
        with monkeypatch.context() as patch:
            patch.setattr(f"recommender.publishing.signed_folder.SignedFolder.{step}", cut)
            with pytest.raises(KeyboardInterrupt):
                publish(second, repository, tmp_path / "keys", NOW)
        assert current(repository) == read_model_manifest(tmp_path / "first")
    publish(second, repository, tmp_path / "keys", NOW)
    assert current(repository) == read_model_manifest(second)


def test_what_cannot_be_used_is_not_made_public(tmp_path: Path, repository: Path) -> None:
    before = files(repository)
    bad = a_model_folder(tmp_path / "bad", seed=3)
    core = next(bad.glob("core-*"))
    core.write_bytes(core.read_bytes()[:-1] + b"x")
    for model in (bad, tmp_path / "nothing"):
        with pytest.raises(PublishingError):
            publish(model, repository, tmp_path / "keys", NOW)
    assert files(repository) == before


def test_keys_that_are_missing_wrong_or_open_are_one_sentence(tmp_path: Path, repository: Path) -> None:
    second = a_model_folder(tmp_path / "second", seed=2)
    with pytest.raises(PublishingError, match="key of “targets”"):
        publish(second, repository, tmp_path / "other keys", NOW)
    (key,) = (tmp_path / "keys").glob("targets-*.pem")
    key.chmod(0o644)
    with pytest.raises(PublishingError, match="chmod 600"):
        publish(second, repository, tmp_path / "keys", NOW)
    key.chmod(0o600)
    (other,) = (tmp_path / "keys").glob("snapshot-*.pem")
    for wrong in (other.read_bytes(), b"nonsense", b""):
        key.write_bytes(wrong)
        with pytest.raises(PublishingError, match="not the key"):
            publish(second, repository, tmp_path / "keys", NOW)
    assert current(repository) == read_model_manifest(tmp_path / "first")


def test_what_was_never_published_cannot_be_refreshed_or_rotated(tmp_path: Path, repository: Path) -> None:
    for work in (lambda: refresh(tmp_path / "x", tmp_path / "keys", NOW), lambda: current(tmp_path / "x")):
        with pytest.raises(PublishingError):
            work()
    with pytest.raises(PublishingError, match="no role"):
        rotate("../root", repository, tmp_path / "keys", NOW)
    with pytest.raises(PublishingError, match="no model"):
        current_target(repository, "other.json")


def test_damaged_metadata_is_one_sentence(tmp_path: Path, repository: Path) -> None:
    (repository / "metadata/1.targets.json").write_text("{")
    with pytest.raises(PublishingError):
        current(repository)
    with pytest.raises(PublishingError):
        refresh(repository, tmp_path / "keys", NOW)
