from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load, save

from recommender.community import Community, Factors, Near
from recommender.files.community_files import About, KeyedCommunity, read_model, write_model
from recommender.files.community_manifest import ModelManifest
from recommender.files.delta import apply_delta, make_delta
from recommender.files.errors import ModelFileError
from recommender.files.shards import INDEX, SHARD_ROWS, ShardIndex, read_index, read_shards, write_shards

NONE = np.zeros(0, dtype=np.int64)


def a_model(n: int, seed: int = 0, factors: int = 8) -> KeyedCommunity:
    rng = np.random.default_rng(seed)
    keys = np.unique(rng.integers(0, 2**48, n))
    items = rng.standard_normal((len(keys), factors)).astype(np.float32)
    community = Community.of(Near.none(len(keys)), rng.integers(1, 90, len(keys)), 99, Factors(items, 2.0, 30.0))
    return KeyedCommunity(community, keys, NONE, About(1, 99), NONE, NONE)


def later(model: KeyedCommunity, changed: int, removed: int, added: int) -> KeyedCommunity:
    """A few rows other, some gone, some new."""
    rng = np.random.default_rng(5)
    items, holders = model.community.factors.items.copy(), model.community.holders.copy()
    some = rng.permutation(len(items))
    items[some[:changed]] *= -1.5
    holders[some[changed : 2 * changed]] += 50
    new = np.setdiff1d(rng.integers(0, 2**48, added), model.keys)
    gone = some[-removed:] if removed else some[:0]
    keys = np.append(np.delete(model.keys, gone), new)
    order = np.argsort(keys)
    items = np.concatenate([np.delete(items, gone, axis=0), np.ones((len(new), items.shape[1]), np.float32)])[order]
    holders = np.append(np.delete(holders, gone), np.full(len(new), 7))[order]
    factors = Factors(items, model.community.factors.penalty, model.community.factors.mean_total)
    return replace(model, community=Community.of(Near.none(len(keys)), holders, 99, factors), keys=keys[order])


def written(folder: Path, model: KeyedCommunity) -> tuple[Path, ModelManifest]:
    manifest = write_model(folder, model)
    return folder / manifest.parts["core"].file, manifest


@pytest.mark.parametrize(("changed", "removed", "added"), [(0, 0, 0), (5, 0, 0), (0, 9, 0), (0, 0, 9), (40, 7, 30)])
def test_a_delta_makes_the_new_model_to_the_byte(tmp_path: Path, changed: int, removed: int, added: int) -> None:
    old = a_model(2_000)
    core, before = written(tmp_path / "old", old)
    wanted, after = written(tmp_path / "new", later(old, changed, removed, added))
    delta = make_delta(tmp_path / "old", tmp_path / "new")
    assert delta is not None
    assert apply_delta(core, before, delta, after) == wanted.read_bytes()
    assert len(delta) < 2_500 + 20 * (2 * changed + added)


def test_where_all_is_other_the_whole_is_the_better_way(tmp_path: Path) -> None:
    written(tmp_path / "old", a_model(500))
    written(tmp_path / "new", a_model(500, seed=1))
    assert make_delta(tmp_path / "old", tmp_path / "new") is None
    written(tmp_path / "other", a_model(500, factors=9))
    assert make_delta(tmp_path / "old", tmp_path / "other") is None


@pytest.mark.parametrize("how", ["cut", "noise", "empty", "changed", "added", "removed", "missing", "type"])
def test_a_delta_that_is_damaged_or_of_other_models_is_refused(tmp_path: Path, how: str) -> None:
    old = a_model(300)
    core, before = written(tmp_path / "old", old)
    _, after = written(tmp_path / "new", later(old, 5, 3, 4))
    delta = make_delta(tmp_path / "old", tmp_path / "new")
    assert delta is not None
    arrays = load(delta)
    if how == "missing":
        del arrays["added_scales"]
    elif how == "type":
        arrays["changed_factors"] = arrays["changed_factors"].astype(np.float64) * 9
    elif how in arrays:
        arrays[how] = np.full_like(arrays[how], 255)
    bad = {"cut": delta[:-9], "noise": b"\xff" * 400, "empty": b""}.get(how, save(arrays))
    with pytest.raises(ModelFileError, match="get the model whole"):
        apply_delta(core, before, bad, after)
    core.write_bytes(core.read_bytes()[:-1])
    with pytest.raises(ModelFileError):
        apply_delta(core, before, delta, after)


def sharded(folder: Path, n: int = 20_000) -> tuple[KeyedCommunity, ModelManifest, ShardIndex]:
    model = a_model(n)
    manifest = write_model(folder / "model", model)
    write_shards(folder / "model", folder / "shards")
    return model, manifest, read_index(folder / "shards" / INDEX)


def files_of(folder: Path, index: ShardIndex, numbers: np.ndarray) -> dict[int, Path]:
    return {number: folder / "shards" / index.shards[number].file for number in numbers.tolist()}


def test_the_pieces_of_a_library_say_of_it_what_the_whole_says(tmp_path: Path) -> None:
    model, manifest, index = sharded(tmp_path)
    whole = read_model(tmp_path / "model")
    assert 2**index.bits >= len(model.keys) / SHARD_ROWS
    wanted = model.keys[[3, 4_000, 4_001, 19_000]]
    numbers = index.shards_of(np.append(wanted, -1))
    assert 1 < len(numbers) <= 4
    files = files_of(tmp_path, index, numbers)
    part = read_shards(manifest, index, files, tmp_path / "shards" / index.common.file)
    rows, of_whole = part.rows_of(wanted), whole.rows_of(wanted)
    assert (rows >= 0).all()
    counts, of_all = np.zeros(len(part.community)), np.zeros(len(whole.community))
    counts[rows[:3]] = of_all[of_whole[:3]] = [4, 1, 2]
    np.testing.assert_allclose(
        part.community.folded(counts).scores()[rows], whole.community.folded(of_all).scores()[of_whole], rtol=1e-5
    )
    np.testing.assert_array_equal(part.community.holders[rows], whole.community.holders[of_whole])


def test_all_pieces_together_are_all_recordings(tmp_path: Path) -> None:
    model, manifest, index = sharded(tmp_path, 5_000)
    files = files_of(tmp_path, index, np.arange(2**index.bits))
    part = read_shards(manifest, index, files, tmp_path / "shards" / index.common.file)
    np.testing.assert_array_equal(part.keys, model.keys)
    none = read_shards(manifest, index, {}, tmp_path / "shards" / index.common.file)
    assert len(none.community) == 0


def test_a_piece_that_was_changed_or_belongs_to_another_model_is_refused(tmp_path: Path) -> None:
    _, manifest, index = sharded(tmp_path, 5_000)
    common = tmp_path / "shards" / index.common.file
    with pytest.raises(ModelFileError, match="another model"):
        read_shards(replace(manifest, n_artists=3), index, {}, common)
    piece = tmp_path / "shards" / index.shards[0].file
    piece.write_bytes(piece.read_bytes()[:-1] + b"\x07")
    with pytest.raises(ModelFileError, match="digest"):
        read_shards(manifest, index, {0: piece}, common)
    swapped = {0: tmp_path / "shards" / index.shards[1].file}
    with pytest.raises(ModelFileError):
        read_shards(manifest, index, swapped, common)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"format": "segue-shards", "version": 1, "model": "a", "bits": 99, "shards": []}']
)
def test_a_list_of_pieces_that_makes_no_sense_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / INDEX).write_text(text)
    with pytest.raises(ModelFileError):
        read_index(tmp_path / INDEX)
