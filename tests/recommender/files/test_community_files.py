import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.community import NOBODY, Community, Factors, Near
from recommender.files import community_files
from recommender.files.community_files import About, KeyedCommunity, read_model, write_model
from recommender.files.community_manifest import read_model_manifest
from recommender.files.errors import ModelFileError
from recommender.keys import artist_key, hashed, names_key
from tests.helpers.community import ids_and_names, mbid, rewrite

N, M, F = 40, 8, 4
MBIDS = [mbid(number) for number in range(N)]


def title(number: int) -> tuple[str, str]:
    return f"Artist {number % M}", f"Title {number}"


def a_model() -> KeyedCommunity:
    """Recording number i is row ``rows[i]``; near are the three numbers after it, less and less."""
    rng = np.random.default_rng(1)
    keys = hashed([names_key(*title(number)) for number in range(N)])
    order = np.argsort(keys)
    row = np.argsort(order)
    near = Near.of(
        np.stack([row[(order + step) % N] for step in (1, 2, 3)], axis=1), np.tile(np.array([0.9, 0.5, 0.01]), (N, 1))
    )
    factors = Factors(rng.standard_normal((N, F)).astype(np.float32), 2.5, 31.0)
    near_artists = Near.of(np.arange(M)[:, None][::-1], np.full((M, 1), 0.7))
    community = Community.of(near, order + 1, 50, factors, order % M, near_artists)
    alias_keys, alias_rows, names = ids_and_names(row, [title(number) for number in range(N)])
    artist_keys = hashed([artist_key(f"Artist {number}") for number in range(M)])
    about = About(1_760_000_000, 50, 9_000, "one collection's taste", {"ndcg@10": 0.08})
    return KeyedCommunity(community, keys[order], artist_keys, about, alias_keys, alias_rows, names)


def refused(folder: Path, words: str) -> None:
    with pytest.raises(ModelFileError, match=words) as told:
        read_model(folder)
    assert str(told.value).endswith((".", "again."))


def test_a_model_read_says_what_was_written(tmp_path: Path) -> None:
    made = a_model()
    manifest = write_model(tmp_path, made)
    found = read_model(tmp_path)
    assert found.about == made.about
    np.testing.assert_array_equal(found.keys, made.keys)
    np.testing.assert_array_equal(found.community.near.places, made.community.near.places)
    np.testing.assert_allclose(found.community.near.values, made.community.near.values, atol=0.004)
    np.testing.assert_allclose(found.community.factors.items, made.community.factors.items, atol=0.02)
    np.testing.assert_allclose(found.community.holders, made.community.holders, rtol=0.033, atol=0.5)
    np.testing.assert_array_equal(found.community.artist, made.community.artist)
    assert found.names is not None
    for number in range(N):
        row = found.find(*title(number))
        assert (found.names.artist(row), found.names.title(row)) == title(number)
        assert found.names.mbid(row) == MBIDS[number]
        assert found.find("other", "names", MBIDS[number]) == row
    assert found.find("Artist 1", "Title 0") == NOBODY
    assert read_model_manifest(tmp_path).id == manifest.id == write_model(tmp_path / "again", made).id


def test_its_factors_say_the_same_of_a_listener_within_what_rounding_costs(tmp_path: Path) -> None:
    made = a_model()
    write_model(tmp_path, made)
    counts = np.zeros(N)
    counts[[3, 9, 20]] = [4, 1, 2]
    np.testing.assert_allclose(
        read_model(tmp_path).community.folded(counts).scores(), made.community.folded(counts).scores(), atol=0.05
    )


def test_the_rows_of_a_library_alone_say_the_same_of_it(tmp_path: Path) -> None:
    write_model(tmp_path, a_model())
    whole = read_model(tmp_path)
    wanted = whole.keys[[2, 5, 6, 30]]
    some = read_model(tmp_path, only=np.append(wanted, [-1, 12345]), beyond=5)
    assert len(some.community) == 9
    others = np.setdiff1d(np.arange(N), [2, 5, 6, 30])
    most = np.sort(whole.community.holders[others])[-5:]
    kept = whole.rows_of(some.keys)
    np.testing.assert_array_equal(np.sort(whole.community.holders[np.setdiff1d(kept, [2, 5, 6, 30])]), most)
    counts = np.zeros(N)
    counts[[2, 30]] = 3
    np.testing.assert_allclose(
        some.community.folded(counts[kept]).scores(), whole.community.folded(counts).scores()[kept], atol=1e-5
    )
    np.testing.assert_allclose(
        some.community.near.votes(counts[kept]), whole.community.near.votes(counts)[kept], atol=1e-6
    )
    assert some.names is not None
    assert whole.names is not None
    for row, old in enumerate(kept.tolist()):
        assert some.names.title(row) == whole.names.title(old) != ""
        assert some.find("", "", whole.names.mbid(old)) == row


def test_without_its_extra_parts_a_model_is_one_still(tmp_path: Path) -> None:
    made = a_model()
    none = np.zeros(0, dtype=np.int64)
    community = Community.of(Near.none(N), made.community.holders, 50, made.community.factors)
    bare = replace(made, community=community, artist_keys=none, alias_keys=none, alias_rows=none, names=None)
    assert set(write_model(tmp_path, bare).parts) == {"core"}
    found = read_model(tmp_path)
    assert found.names is None
    assert found.find(*title(3)) == found.rows_of(hashed([names_key(*title(3))]))[0] != NOBODY
    assert found.community.near.votes(np.ones(N)).sum() == 0


def test_keys_out_of_order_or_twice_are_not_written(tmp_path: Path) -> None:
    made = a_model()
    with pytest.raises(ValueError, match="ascending"):
        write_model(tmp_path, replace(made, keys=made.keys[::-1]))
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_the_model_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = write_model(tmp_path, a_model())
    begun = []

    def full(path: Path, raw: bytes) -> None:
        begun.append(path)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(community_files, "write_whole", full)
    with pytest.raises(OSError, match="space"):
        write_model(tmp_path, replace(a_model(), about=About(1)))
    assert begun
    assert read_model_manifest(tmp_path).id == before.id


def twist(**changed: Callable[[Any], Any]) -> Callable[[dict[str, Any]], None]:
    def change(arrays: dict[str, Any]) -> None:
        for name, how in changed.items():
            arrays[name] = np.ascontiguousarray(how(arrays[name]))

    return change


def filled(value: float) -> Callable[[Any], Any]:
    return lambda array: np.full_like(array, value)


@pytest.mark.parametrize(
    ("part", "change", "words"),
    [
        ("core", twist(keys=lambda keys: keys[::-1]), "do not fit"),
        ("core", twist(keys=lambda keys: keys[:-1]), "another length"),
        ("core", twist(factors=lambda factors: factors.astype(np.float32)), "not what it must be"),
        ("core", twist(scales=filled(np.inf)), "not finite"),
        ("core", twist(gram=filled(np.nan)), "not finite"),
        ("core", twist(gram=filled(0.0)), "do not fit"),
        ("core", twist(gram=lambda gram: np.triu(gram)), "do not fit"),
        ("near", twist(places=filled(77)), "do not fit"),
        ("near", twist(lengths=filled(200)), "do not fit"),
        ("near", twist(values=lambda values: values[:-1]), "do not fit"),
        ("near", twist(scale=filled(np.nan)), "not finite"),
        ("artists", twist(codes=filled(9)), "do not fit"),
        ("aliases", twist(rows=filled(255)), "do not fit"),
        ("aliases", twist(keys=filled(1)), "do not fit"),
        ("names", twist(rows=filled(250)), "do not fit"),
        ("names", twist(title_lengths=filled(60_000)), "do not fit"),
        ("names", twist(artist_of=filled(-5)), "do not fit"),
        ("names", lambda arrays: arrays.pop("mbids"), "not what it must be"),
    ],
)
def test_arrays_that_make_no_sense_are_refused(
    tmp_path: Path, part: str, change: Callable[[dict[str, Any]], None], words: str
) -> None:
    write_model(tmp_path, a_model())
    rewrite(tmp_path, part, change)
    refused(tmp_path, words)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"version": 2}, "another version"),
        ({"version": True}, "another version"),
        ({"keys_version": 9}, "names its recordings"),
        ({"format": "segue-model"}, "not the manifest"),
        ({"n_items": -1}, "n_items"),
        ({"n_items": 41}, "another length"),
        ({"n_factors": 10**9}, "n_factors"),
        ({"penalty": 0}, "penalty"),
        ({"penalty": "2"}, "penalty"),
        ({"mean_total": 1e300}, "mean_total"),
        ({"parts": {}}, "parts"),
        ({"about": {"words": "\u202eevil", "quality": {}}}, "words"),
    ],
)
def test_a_manifest_that_makes_no_sense_is_refused(tmp_path: Path, changed: dict[str, Any], words: str) -> None:
    write_model(tmp_path, a_model())
    path = tmp_path / "model.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))
    refused(tmp_path, words)


@pytest.mark.parametrize("file", ["../core.safetensors", "/etc/passwd", "core", "a/b.safetensors", ".safetensors"])
def test_a_part_cannot_point_out_of_its_folder(tmp_path: Path, file: str) -> None:
    write_model(tmp_path, a_model())
    path = tmp_path / "model.json"
    said = json.loads(path.read_text())
    said["parts"]["core"]["file"] = file
    path.write_text(json.dumps(said))
    refused(tmp_path, "parts")


def test_a_part_cut_short_or_changed_is_refused(tmp_path: Path) -> None:
    manifest = write_model(tmp_path, a_model())
    path = tmp_path / manifest.parts["near"].file
    raw = path.read_bytes()
    path.write_bytes(raw[:-1])
    refused(tmp_path, "get it again")
    path.write_bytes(raw[:-1] + b"\0" + b"")
    refused(tmp_path, "digest|fit")
    path.unlink()
    refused(tmp_path, "cannot be read")


def test_parts_of_later_versions_are_left_alone(tmp_path: Path) -> None:
    write_model(tmp_path, a_model())
    path = tmp_path / "model.json"
    said = json.loads(path.read_text())
    said["parts"]["content"] = {**said["parts"]["core"], "file": "content-0.safetensors"}
    path.write_text(json.dumps(said))
    assert len(read_model(tmp_path).community) == N
