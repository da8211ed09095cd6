import json
import struct
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save as tensors
from scipy.sparse import csr_array

from recommender.algorithms.registry import TABLES, make_table
from recommender.files import whole
from recommender.files.errors import ModelFileError
from recommender.files.manifest import LARGEST_MANIFEST_BYTES
from recommender.files.model_file import ids_digest, load, save

CREATED = 1_760_000_000
IDS = np.arange(20) * 7 + 100


def rows() -> csr_array:
    rng = np.random.default_rng(3)
    counts = rng.integers(1, 9, (30, 20)) * (rng.random((30, 20)) < 0.25)
    return csr_array(counts.astype(np.float32))


def a_model(folder: Path, name: str = "ease") -> Path:
    path = folder / "model.json"
    save(path, make_table(name).fit_matrix(rows()), IDS, CREATED)
    return path


def arrays_path(path: Path) -> Path:
    return path.with_name(json.loads(path.read_text())["file"])


def rewritten(path: Path, **changed: Any) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))


def with_bytes(path: Path, raw: bytes) -> None:
    """Other bytes in the arrays' file, with a manifest that promises just these."""
    arrays_path(path).write_bytes(raw)
    rewritten(path, size_bytes=len(raw), sha256=sha256(raw).hexdigest())


def with_arrays(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Other arrays, with a manifest that is true to them."""
    model = load(path)
    arrays = {"item_ids": model.item_ids, **model.algorithm.arrays()}
    change(arrays)
    with_bytes(path, tensors(arrays))
    facts = {name: {"dtype": str(array.dtype), "shape": list(array.shape)} for name, array in arrays.items()}
    rewritten(path, arrays=facts, ids_sha256=ids_digest(arrays["item_ids"]))


def refused(path: Path, words: str) -> None:
    with pytest.raises(ModelFileError, match=words) as told:
        load(path)
    assert str(told.value)[0].isupper()
    assert str(told.value).endswith(".")


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_algorithm_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    algorithm = make_table(name).fit_matrix(rows())
    save(tmp_path / "model.json", algorithm, IDS, CREATED)
    model = load(tmp_path / "model.json")
    assert model.item_ids.tolist() == IDS.tolist()
    assert model.algorithm.params() == algorithm.params()
    assert model.manifest.created == CREATED
    assert np.array_equal(model.algorithm.scores(rows()), algorithm.scores(rows()))


def test_the_same_model_is_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    assert a_model(one).read_bytes() == a_model(other).read_bytes()


def test_a_new_model_takes_the_place_of_the_old_one_and_of_its_arrays(tmp_path: Path) -> None:
    path = a_model(tmp_path, "ease")
    old = arrays_path(path)
    a_model(tmp_path, "als")
    assert load(path).algorithm.name == "als"
    assert not old.exists()
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("failing", [1, 2])
def test_a_write_that_fails_leaves_the_old_model(failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_model(tmp_path, "ease")
    replace, calls = whole.os.replace, []

    def full(source: str, target: str) -> None:
        calls.append(source)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(whole.os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        a_model(tmp_path, "als")
    assert load(path).algorithm.name == "ease"
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob(".*"))


def test_what_cannot_be_kept_is_not_written(tmp_path: Path) -> None:
    algorithm = make_table("popularity").fit_matrix(rows())
    for ids in (IDS[:-1], np.zeros(20, dtype=np.int64)):
        with pytest.raises(ValueError, match="20 different ids"):
            save(tmp_path / "model.json", algorithm, ids, CREATED)
    assert not list(tmp_path.iterdir())


def test_files_that_are_not_there_are_told(tmp_path: Path) -> None:
    refused(tmp_path / "model.json", "cannot be read")
    path = a_model(tmp_path)
    arrays_path(path).unlink()
    refused(path, "cannot be read")


@pytest.mark.parametrize("keep", [0, 7, 8, 200, -1])
def test_a_file_cut_short_is_refused(keep: int, tmp_path: Path) -> None:
    path = a_model(tmp_path)
    raw = arrays_path(path).read_bytes()
    arrays_path(path).write_bytes(raw[:keep])
    refused(path, "bytes instead of")
    with_bytes(path, raw[:keep])
    refused(path, "damaged")


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    path = a_model(tmp_path)
    raw = bytearray(arrays_path(path).read_bytes())
    raw[-5] ^= 1
    arrays_path(path).write_bytes(raw)
    refused(path, "digest differs")


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_refused(bad: float, tmp_path: Path) -> None:
    path = a_model(tmp_path)
    with_arrays(path, lambda arrays: arrays["left"].__setitem__((0, 0), bad))
    refused(path, "not finite")


@pytest.mark.parametrize("name", sorted(TABLES))
def test_arrays_of_a_wrong_shape_or_absent_are_refused(name: str, tmp_path: Path) -> None:
    path = a_model(tmp_path, name)
    text, raw = path.read_text(), arrays_path(path).read_bytes()
    kept = [key for key in load(path).algorithm.arrays() if not key.endswith(("_data", "mean_total", "penalty"))]
    for key in kept:
        for change in (lambda arrays, key=key: arrays.update({key: arrays[key][:-1]}), lambda a, key=key: a.pop(key)):
            with_arrays(path, change)
            refused(path, "do not fit|damaged")
            path.write_text(text)
            arrays_path(path).write_bytes(raw)


def test_shapes_and_types_other_than_promised_are_refused(tmp_path: Path) -> None:
    path = a_model(tmp_path)
    promised = json.loads(path.read_text())["arrays"]
    for facts in ({"dtype": "float32", "shape": [1, 1]}, {"dtype": "float64", "shape": promised["left"]["shape"]}):
        rewritten(path, arrays={**promised, "left": facts})
        refused(path, "another type or shape")
    rewritten(path, arrays={**promised, "more": promised["left"]})
    refused(path, "other arrays")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (struct.pack("<Q", 2**62), "header is longer"),
        (struct.pack("<Q", 3 << 20) + b" " * (4 << 20), "header is longer"),
        (struct.pack("<Q", 100_000) + b"[" * 100_000, "not valid JSON"),
        (struct.pack("<Q", 2) + b"[]", "not a JSON object"),
        (struct.pack("<Q", 14) + b'{"a":1,"a":20}', "not valid JSON"),
        (struct.pack("<Q", 2) + b"{}", "other arrays"),
    ],
    ids=["huge", "padded", "nested", "a list", "a key twice", "nothing"],
)
def test_headers_that_make_no_sense_are_refused(header: bytes, words: str, tmp_path: Path) -> None:
    path = a_model(tmp_path)
    with_bytes(path, header)
    refused(path, words)


def test_arrays_that_overlap_are_refused(tmp_path: Path) -> None:
    path = a_model(tmp_path, "popularity")
    raw = arrays_path(path).read_bytes()
    length = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8 : 8 + length])
    header["item_ids"]["data_offsets"] = header["counts"]["data_offsets"]
    packed = json.dumps(header).encode()
    with_bytes(path, struct.pack("<Q", len(packed)) + packed + raw[8 + length :])
    refused(path, "cannot be read")


@pytest.mark.parametrize("text", ["", "[" * 100_000, "[1]", "{", '{"a": NaN}', "\xff", '{"a": 1, "a": 2}'])
def test_a_manifest_that_is_not_one_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(text.encode("latin-1"))
    refused(path, "damaged")
    path.write_text("{}")
    refused(path, "not the manifest of a model")
    path.write_bytes(b" " * (LARGEST_MANIFEST_BYTES + 1))
    refused(path, "too large")


@pytest.mark.parametrize("version", [0, 2, "1", True, None])
def test_another_version_is_told(version: Any, tmp_path: Path) -> None:
    path = a_model(tmp_path)
    rewritten(path, version=version)
    refused(path, "another version")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"file": "../model.safetensors"}, '"file"'),
        ({"file": ".hidden"}, '"file"'),
        ({"file": 3}, '"file"'),
        ({"sha256": "0" * 63}, '"sha256"'),
        ({"size_bytes": -1}, '"size_bytes"'),
        ({"size_bytes": 1 << 60}, '"size_bytes"'),
        ({"created": 1.5}, '"created"'),
        ({"params": {"regularisation": [1]}}, '"params"'),
        ({"params": {"regularisation": True, "weighting": "bm25"}}, '"params"'),
        ({"params": {"weighting": "bm25"}}, "parameters"),
        ({"params": {"regularisation": "much", "weighting": "bm25"}}, "parameters"),
        ({"params": {"regularisation": 1.0, "weighting": "guess"}}, "do not fit"),
        ({"arrays": {}}, '"arrays"'),
        ({"arrays": {"left": 1}}, '"arrays"'),
        ({"arrays": {"left": {"dtype": "object", "shape": [1]}}}, '"arrays"'),
        ({"arrays": {"left": {"dtype": "float32", "shape": [-1]}}}, '"arrays"'),
        ({"arrays": {"left": {"dtype": "float32", "shape": [1, 1, 1]}}}, '"arrays"'),
        ({"algorithm": "oracle"}, "not known here"),
        ({"algorithm": None}, '"algorithm"'),
        ({"n_items": 19}, "items are not those"),
        ({"ids_sha256": "0" * 64}, "items are not those"),
    ],
)
def test_a_manifest_that_makes_no_sense_is_refused(changed: dict[str, Any], words: str, tmp_path: Path) -> None:
    path = a_model(tmp_path)
    rewritten(path, **changed)
    refused(path, words)


def test_an_item_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = a_model(tmp_path)
    with_arrays(path, lambda arrays: arrays.update(item_ids=np.zeros(20, dtype=np.int64)))
    refused(path, "twice")
