"""A disk of one megabyte fills up in the middle of a sync: the old model stays, and there is room for it again."""

from pathlib import Path

import pytest

from app.domain.sync import Origin
from app.sync import run
from app.sync.models import ModelFolder
from app.sync.providers.base import Given
from app.sync.run import sync
from recommender.files.community_files import read_model
from tests.faults.places import can_mount, mounted
from tests.helpers.crowd import a_model_folder


@pytest.mark.slow
@pytest.mark.skipif(not can_mount(), reason="a disk that is really full takes root")
def test_the_old_model_stays_and_nothing_of_the_new_one_takes_its_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=1m", "tmpfs") as disk:
        folder = ModelFolder(disk / "models")

        def from_folder(name: str) -> str:
            given = Given(Origin("folder", str(tmp_path / name)), folder.trust)
            return sync(folder, given, lambda: 1, lambda _moved: None, lambda: False).sentence

        old = a_model_folder(tmp_path / "old", size=500)
        assert from_folder("old") == "The disk is full; make some room for the model."  # seen before it begins
        monkeypatch.setattr(run, "_SPARE_BYTES", -(1 << 40))  # now it is not seen before
        assert from_folder("old").startswith("A new model is in use")
        a_model_folder(tmp_path / "new", size=40_000)
        full = "The disk is full; make some room for the model. The model you have stays in use."
        assert from_folder("new") == full
        assert from_folder("new") == full
        current = folder.models().current
        assert current is not None
        assert current.id == old.id
        assert len(read_model(folder.path_of(current)).keys) == 500
        a_model_folder(tmp_path / "other", created=1_770_000_000, size=600)
        assert from_folder("other").startswith("A new model is in use")
