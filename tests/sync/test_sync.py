"""A sync from a folder: what is whole takes the place of the one in use, anything else leaves it there."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.domain.errors import SyncFailed
from app.domain.sync import Origin, SyncProgress, SyncReport
from app.sync.models import ModelFolder
from app.sync.providers import folder as folder_provider
from app.sync.providers.base import Given
from app.sync.run import remove, rollback, sync
from recommender.files.community_files import read_model
from tests.helpers.community import rewrite
from tests.helpers.crowd import a_model_folder

NOW_MS = 1_760_000_000_000


@pytest.fixture
def shelf(tmp_path: Path) -> ModelFolder:
    return ModelFolder(tmp_path / "models")


def sync_from(
    shelf: ModelFolder, place: Path | str, cancelled: Callable[[], bool] = lambda: False
) -> tuple[SyncReport, list[SyncProgress]]:
    moved: list[SyncProgress] = []
    given = Given(Origin("folder", str(place)), shelf.trust)
    return sync(shelf, given, lambda: NOW_MS, moved.append, cancelled), moved


def with_a_model(shelf: ModelFolder, tmp_path: Path) -> str:
    """An old model is in use; its id."""
    made = a_model_folder(tmp_path / "old", created=1_700_000_000)
    report, _ = sync_from(shelf, tmp_path / "old")
    assert report.changed, report.sentence
    return made.id


def test_a_model_comes_is_checked_and_used(shelf: ModelFolder, tmp_path: Path) -> None:
    made = a_model_folder(tmp_path / "new")
    report, moved = sync_from(shelf, tmp_path / "new")
    assert report == SyncReport("A new model is in use: 30 recordings of 50 listeners.", changed=True)
    current = shelf.models().current
    assert current is not None
    assert (current.id, current.size_bytes, current.installed_ms) == (made.id, made.size_bytes, NOW_MS)
    assert len(read_model(shelf.path_of(current)).keys) == 30
    assert moved[0] == SyncProgress(0, 0)
    assert moved[-1] == SyncProgress(made.size_bytes, made.size_bytes)
    assert not shelf.incoming.exists()
    assert (shelf.last().sentence, shelf.last().failed) == (report.sentence, False)
    again, _ = sync_from(shelf, tmp_path / "new")
    assert again == SyncReport("The newest model is in use already.")


def test_the_last_two_are_kept_and_one_step_goes_back(shelf: ModelFolder, tmp_path: Path) -> None:
    made = [a_model_folder(tmp_path / str(n), created=1_700_000_000 + n) for n in range(3)]
    for n in range(3):
        assert sync_from(shelf, tmp_path / str(n))[0].changed
    models = shelf.models()
    assert models.current is not None
    assert models.previous is not None
    assert [models.current.id, models.previous.id] == [made[2].id, made[1].id]
    assert {path.name for path in shelf.folder.iterdir() if path.is_dir()} == {made[1].id[:32], made[2].id[:32]}
    back = rollback(shelf)
    assert back.current == models.previous
    assert shelf.models() == back
    report, _ = sync_from(shelf, tmp_path / "2")
    assert report == SyncReport("There is no newer model than the one you went back from.")
    assert shelf.models().current == models.previous
    assert rollback(shelf).current == models.current
    remove(shelf)
    assert shelf.models().current is None
    assert {path.name for path in shelf.folder.iterdir()} <= {"lock", "last"}
    with pytest.raises(SyncFailed, match="no earlier model"):
        rollback(shelf)


def _nan(arrays: dict[str, Any]) -> None:
    arrays["scales"] = np.full_like(arrays["scales"], np.nan)


def _infinite(arrays: dict[str, Any]) -> None:
    arrays["gram"] = np.full_like(arrays["gram"], np.inf)


def _shorter(arrays: dict[str, Any]) -> None:
    arrays["holders"] = arrays["holders"][:-1]


def _part(folder: Path) -> Path:
    said = json.loads((folder / "model.json").read_text())
    return folder / said["parts"]["core"]["file"]


def _manifest(folder: Path, **changed: object) -> None:
    said = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps({**said, **changed}))


def _larger(folder: Path) -> None:
    """Ten times what it says."""
    raw = _part(folder).read_bytes()
    _part(folder).write_bytes(raw * 10)


BAD: dict[str, Callable[[Path], object]] = {
    "not there": lambda folder: (folder / "model.json").unlink(),
    "no JSON": lambda folder: (folder / "model.json").write_bytes(b"\xff\x00{"),
    "nested": lambda folder: (folder / "model.json").write_text("[" * 100_000),
    "a part is missing": lambda folder: _part(folder).unlink(),
    "a part is a pipe": lambda folder: (_part(folder).unlink(), os.mkfifo(_part(folder))),
    "the manifest is a pipe": lambda folder: (
        (folder / "model.json").unlink(),
        os.mkfifo(folder / "model.json"),
    ),
    "truncated": lambda folder: os.truncate(_part(folder), _part(folder).stat().st_size // 2),
    "another byte": lambda folder: _part(folder).write_bytes(_part(folder).read_bytes()[:-1] + b"\x07"),
    "ten times as large": _larger,
    "says it is huge": lambda folder: _manifest(
        folder,
        parts={
            name: {**part, "size_bytes": 1 << 31}
            for name, part in json.loads((folder / "model.json").read_text())["parts"].items()
        },
    ),
    "nan": lambda folder: rewrite(folder, "core", _nan),
    "infinite": lambda folder: rewrite(folder, "core", _infinite),
    "another shape": lambda folder: rewrite(folder, "core", _shorter),
    "another version": lambda folder: _manifest(folder, version=2),
    "keys of another kind": lambda folder: _manifest(folder, keys_version=99),
    "a path for a name": lambda folder: _manifest(
        folder,
        parts={
            name: {**part, "file": "../../stolen.safetensors"}
            for name, part in json.loads((folder / "model.json").read_text())["parts"].items()
        },
    ),
}


@pytest.mark.parametrize("bad", BAD)
def test_what_is_not_whole_is_refused_in_a_sentence_and_the_old_model_stays(
    bad: str, shelf: ModelFolder, tmp_path: Path
) -> None:
    old = with_a_model(shelf, tmp_path)
    a_model_folder(tmp_path / "new")
    BAD[bad](tmp_path / "new")
    report, _ = sync_from(shelf, tmp_path / "new")
    assert report.failed
    assert not report.changed
    assert report.sentence.endswith("The model you have stays in use.")
    assert "\n" not in report.sentence
    assert shelf.last().failed
    current = shelf.models().current
    assert current is not None
    assert current.id == old
    assert len(read_model(shelf.path_of(current)).keys) == 30
    a_model_folder(tmp_path / "good", created=1_770_000_000)
    assert sync_from(shelf, tmp_path / "good")[0].changed  # what was refused is not in the way


@pytest.mark.parametrize("place", ["relative/folder", "/nowhere/at/all", "\0"])
def test_a_folder_that_cannot_be_is_one_sentence(place: str, shelf: ModelFolder) -> None:
    report, _ = sync_from(shelf, place)
    assert report.failed
    assert "stays" not in report.sentence


def test_a_disk_that_fills_up_leaves_the_old_model(
    shelf: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = with_a_model(shelf, tmp_path)
    a_model_folder(tmp_path / "new")

    def full(*_anything: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(folder_provider, "_copy", full)
    report, _ = sync_from(shelf, tmp_path / "new")
    assert report.sentence == "The disk is full; make some room for the model. The model you have stays in use."
    current = shelf.models().current
    assert current is not None
    assert current.id == old


def test_a_sync_that_is_stopped_goes_on_from_there(shelf: ModelFolder, tmp_path: Path) -> None:
    made = a_model_folder(tmp_path / "new")
    looks = iter([False, False, True])
    report, _ = sync_from(shelf, tmp_path / "new", lambda: next(looks, True))
    assert report == SyncReport("The sync was stopped; it goes on from there next time.")
    assert shelf.models().current is None
    kept = list((shelf.incoming / made.id[:32]).iterdir())
    assert kept
    times = {path.name: path.stat().st_mtime_ns for path in kept}
    seen: dict[str, int] = {}

    def look() -> bool:
        seen.update({path.name: path.stat().st_mtime_ns for path in kept if path.exists()})
        return False

    assert sync_from(shelf, tmp_path / "new", look)[0].changed
    whole = {part.file for part in made.parts.values()} & set(times)
    assert any(seen[name] == times[name] for name in whole)  # what was whole was not copied again


def test_two_syncs_at_once_are_one(shelf: ModelFolder, tmp_path: Path) -> None:
    a_model_folder(tmp_path / "new")
    with shelf.locked():
        report, _ = sync_from(shelf, tmp_path / "new")
    assert report == SyncReport("Another sync is going on.", failed=True)


@pytest.mark.parametrize(
    "said",
    [b"", b"{", b"[]", b"null", b'{"current": 7}', b'{"current": {"id": "../../etc"}}', b"\xff" * 99, b"[" * 50_000],
)
def test_a_damaged_pointer_is_no_model_and_the_next_sync_mends_it(
    said: bytes, shelf: ModelFolder, tmp_path: Path
) -> None:
    with_a_model(shelf, tmp_path)
    (shelf.folder / "current").write_bytes(said)
    (shelf.folder / "last").write_bytes(said)
    assert shelf.models().current is None
    assert shelf.last().at_ms == 0
    assert sync_from(shelf, tmp_path / "old")[0].changed
    assert shelf.models().current is not None


def test_a_model_whose_folder_is_gone_gives_its_place_to_the_one_before(shelf: ModelFolder, tmp_path: Path) -> None:
    old = with_a_model(shelf, tmp_path)
    made = a_model_folder(tmp_path / "new")
    sync_from(shelf, tmp_path / "new")
    for file in (shelf.folder / made.id[:32]).iterdir():
        file.unlink()
    current = shelf.models().current
    assert current is not None
    assert current.id == old
