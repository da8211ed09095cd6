"""A newer model by what changed in it, and a large one by its pieces."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.community import Community, Factors
from recommender.files import shards
from recommender.files.community_files import KeyedCommunity, read_model, write_model
from recommender.files.community_manifest import read_model_manifest
from recommender.keys import hashed, names_key
from recommender.publishing.keys import KeyFolder
from recommender.publishing.publish import current, publish
from recommender.publishing.signed_folder import SignedFolder
from recommender.remote import pieces
from recommender.remote.errors import BadAnswer, RemoteError
from recommender.remote.http import Limits, Web
from recommender.remote.protocol import delta_name
from recommender.remote.repository import Newest, Repository, first_root
from tests.helpers.community import a_keyed, a_model_folder, title
from tests.helpers.web import Remembered, Site, a_site, answer

QUICK = Limits(connect_s=2, gap_s=1, whole_s=4, download_s=4)
N = 4_000


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with a_site(tmp_path / "repo") as found:
        yield found


def published(folder: Path, name: str, keyed: KeyedCommunity) -> Path:
    write_model(folder / name, keyed)
    publish(folder / name, folder / "repo", folder / "keys", datetime.now(UTC))
    return folder / name


def changed(keyed: KeyedCommunity, share: float, seed: int) -> KeyedCommunity:
    """The same model with other factors in a share of its rows."""
    rng = np.random.default_rng(seed)
    model = keyed.community
    items = model.factors.items.copy()
    rows = rng.choice(len(items), int(len(items) * share), replace=False)
    items[rows] = rng.standard_normal((len(rows), items.shape[1]))
    factors = Factors(items, model.factors.penalty, model.factors.mean_total)
    other = Community.of(model.near, model.holders, model.n_listeners, factors, model.artist, model.near_artists)
    return replace(keyed, community=other)


def fetched(site: Site, folder: Path, log: Remembered, into: str, have: Path | None) -> Newest:
    with Web(log, limits=QUICK) as web:
        repository = Repository(web, site.base, first_root(web, site.base).raw, folder / "state")
        newest = repository.latest()
        here: list[tuple[int, int]] = []
        repository.fetch(newest, folder / into, lambda got, whole: here.append((got, whole)), have)
    assert here == sorted(here)
    assert here[-1][0] == here[-1][1]
    return newest


def test_what_changed_is_fetched_and_what_did_not_is_copied(site: Site, tmp_path: Path) -> None:
    first = a_keyed(N)
    old = published(tmp_path, "one", first)
    published(tmp_path, "two", changed(first, 0.02, 1))
    new = published(tmp_path, "three", changed(first, 0.04, 2))
    log = Remembered()
    newest = fetched(site, tmp_path, log, "got", old)
    assert newest.manifest == read_model_manifest(new)
    assert {path.name: path.read_bytes() for path in (tmp_path / "got").iterdir()} == {
        path.name: path.read_bytes() for path in new.iterdir()
    }
    core, before = newest.manifest.parts["core"], read_model_manifest(old).parts["core"]
    files = [path.rpartition("/")[2].partition(".")[2] for path in log.paths if path.startswith("/targets/")]
    assert files == ["model.json", delta_name(before.sha256, core.sha256)]
    assert sum(answer.bytes_in for answer in log.answers) < core.size_bytes / 2


def test_without_an_older_model_or_with_another_one_all_is_fetched(site: Site, tmp_path: Path) -> None:
    new = published(tmp_path, "one", a_keyed(N))
    other = a_model_folder(tmp_path / "other", N, seed=9)
    for at, have in enumerate((None, tmp_path / "nothing", other)):
        log = Remembered()
        fetched(site, tmp_path, log, f"got{at}", have)
        assert read_model(tmp_path / f"got{at}").keys.tolist() == read_model(new).keys.tolist()
        assert any("core-" in path for path in log.paths)


def test_an_older_model_that_is_damaged_here_costs_a_whole_one_and_no_more(site: Site, tmp_path: Path) -> None:
    first = a_keyed(N)
    old = published(tmp_path, "one", first)
    new = published(tmp_path, "two", changed(first, 0.02, 1))
    for path in old.glob("*.safetensors"):
        path.write_bytes(b"\0" * path.stat().st_size)
    fetched(site, tmp_path, Remembered(), "got", old)
    assert read_model(tmp_path / "got").keys.tolist() == read_model(new).keys.tolist()
    assert not list((tmp_path / "got").glob("delta*"))


def test_a_change_that_was_touched_on_the_way_is_noticed(site: Site, tmp_path: Path) -> None:
    first = a_keyed(N)
    old = published(tmp_path, "one", first)
    published(tmp_path, "two", changed(first, 0.02, 1))
    (delta,) = (tmp_path / "repo/targets").glob("*delta-*")
    raw = delta.read_bytes()
    delta.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    with pytest.raises(RemoteError, match="not what was signed"):
        fetched(site, tmp_path, Remembered(), "got", old)
    assert not (tmp_path / "got/model.json").exists()


def test_changes_are_published_from_the_last_two_models_and_go_with_them(tmp_path: Path) -> None:
    first = a_keyed(N)
    for at in range(5):
        published(tmp_path, f"model{at}", changed(first, 0.02, at))
    cores = [read_model_manifest(tmp_path / f"model{at}").parts["core"].sha256 for at in range(5)]
    named = {path.name.partition(".")[2] for path in (tmp_path / "repo/targets").glob("*delta-*")}
    targets = max((tmp_path / "repo/metadata").glob("*.targets.json"), key=lambda path: int(path.name.split(".")[0]))
    now = {name for name in json.loads(targets.read_text())["signed"]["targets"] if name.startswith("delta-")}
    assert now == {delta_name(cores[3], cores[4]), delta_name(cores[2], cores[4])}
    assert now < named
    assert delta_name(cores[0], cores[1]) not in named


def test_an_earlier_model_that_cannot_be_read_any_more_is_no_obstacle(tmp_path: Path) -> None:
    first = a_keyed(N)
    published(tmp_path, "one", first)
    for path in (tmp_path / "repo/targets").glob("*core-*"):
        path.write_bytes(b"x")
    two = published(tmp_path, "two", changed(first, 0.02, 1))
    assert current(tmp_path / "repo") == read_model_manifest(two)
    assert not list((tmp_path / "repo/targets").glob("*delta-*"))


LIBRARY = hashed([names_key(*title(number)) for number in range(5)])


@pytest.fixture
def in_pieces(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(shards, "LARGEST_WHOLE_BYTES", 1_000)
    monkeypatch.setattr(shards, "SHARD_ROWS", 64)
    published(tmp_path, "large", a_keyed(N))
    return site


def by_pieces(site: Site, folder: Path, log: Remembered, into: str = "got", library: Any = LIBRARY) -> Path:
    with Web(log, limits=QUICK) as web:
        repository = Repository(web, site.base, first_root(web, site.base).raw, folder / "state")
        newest = repository.latest()
        assert newest.in_pieces
        return repository.fetch_pieces(newest, folder / into, library, b"secret")


def test_a_large_model_comes_in_pieces_and_says_the_same_of_the_library(in_pieces: Site, tmp_path: Path) -> None:
    log = Remembered()
    got, whole = read_model(by_pieces(in_pieces, tmp_path, log)), read_model(tmp_path / "large")
    assert (got.rows_of(LIBRARY) >= 0).all()
    np.testing.assert_array_equal(
        got.community.factors.items[got.rows_of(LIBRARY)], whole.community.factors.items[whole.rows_of(LIBRARY)]
    )
    scores = []
    for model in (got, whole):
        counts = np.zeros(len(model.community))
        counts[model.rows_of(LIBRARY)] = 3.0
        scores.append(model.community.folded(counts).scores()[model.rows_of(LIBRARY)])
    np.testing.assert_allclose(*scores, rtol=1e-5)
    assert {path.name.partition("-")[0] for path in (tmp_path / "got").iterdir()} == {
        "model.json",
        "core",
        "shards.json",
    }
    assert (
        sum(path.stat().st_size for path in (tmp_path / "got").glob("core*"))
        < read_model_manifest(tmp_path / "large").parts["core"].size_bytes
    )


def test_as_many_others_are_asked_for_the_same_each_time(in_pieces: Site, tmp_path: Path) -> None:
    seen = []
    for at in range(2):
        log = Remembered()
        by_pieces(in_pieces, tmp_path, log, f"got{at}")
        seen.append({path.partition("shard-")[2] for path in log.paths if "shard-" in path})
    assert seen[0] == seen[1]
    index = shards.read_index(next((tmp_path / "repo/targets").glob("*shards.json")))
    own = set(index.shards_of(LIBRARY).tolist())
    numbers = {int(name.split("-")[0]) for name in seen[0]}
    assert own < numbers
    assert len(numbers) == len(own) + max(len(own), pieces.LEAST_DECOYS)


def test_which_others_is_this_machines_secret_and_grows_with_the_library(tmp_path: Path) -> None:
    index = shards.ShardIndex("x", 8, *(None, (None,) * 256))  # type: ignore[arg-type]
    small = np.arange(4, dtype=np.int64) << 40
    large = np.arange(40, dtype=np.int64) << 40
    first = pieces.wanted(index, small, b"secret")
    assert first == pieces.wanted(index, small, b"secret") != pieces.wanted(index, small, b"another")
    assert len(first) == 4 + pieces.LEAST_DECOYS
    assert set(first) <= set(pieces.wanted(index, large, b"secret"))
    assert pieces.wanted(index, np.arange(256, dtype=np.int64) << 40, b"secret") == list(range(256))


def test_pieces_that_were_touched_are_thrown_away(in_pieces: Site, tmp_path: Path) -> None:
    index = shards.read_index(next((tmp_path / "repo/targets").glob("*shards.json")))
    number = int(index.shards_of(LIBRARY)[0])
    (path,) = (tmp_path / "repo/targets").glob(f"*.shard-{number}-*")
    raw = path.read_bytes()
    for wrong in (raw[:-1] + b"x", raw * 10, b""):
        path.write_bytes(wrong)
        with pytest.raises(RemoteError):
            by_pieces(in_pieces, tmp_path, Remembered())
        assert not (tmp_path / "got/model.json").exists()
    in_pieces.special[f"/targets/{path.name}"] = lambda handler: answer(handler, 500)
    with pytest.raises(BadAnswer):
        by_pieces(in_pieces, tmp_path, Remembered())
    del in_pieces.special[f"/targets/{path.name}"]
    path.write_bytes(raw)
    read_model(by_pieces(in_pieces, tmp_path, Remembered()))


def test_pieces_that_are_said_to_be_huge_are_not_begun(in_pieces: Site, tmp_path: Path) -> None:
    (path,) = (tmp_path / "repo/targets").glob("*shards.json")
    index = shards.read_index(path)
    huge = replace(index, shards=tuple(replace(one, size_bytes=1 << 30) for one in index.shards))
    signed = SignedFolder(tmp_path / "repo", KeyFolder(tmp_path / "keys"), datetime.now(UTC))
    with signed.edit_targets() as targets:
        targets.targets[shards.INDEX] = signed.kept_bytes(shards.INDEX, huge.text().encode())
    signed.follow()
    log = Remembered()
    with pytest.raises(BadAnswer, match="larger"):
        by_pieces(in_pieces, tmp_path, log)
    assert not [path for path in log.paths if "shard-" in path or "common-" in path]


def test_pieces_stay_and_go_with_their_model(in_pieces: Site, tmp_path: Path) -> None:
    def there() -> set[str]:
        return {path.name for path in (tmp_path / "repo/targets").glob("*.shard-*")}

    first = there()
    assert len(first) >= 64
    for at in range(2):
        published(tmp_path, f"next{at}", changed(a_keyed(N), 1.0, at))
        assert first <= there()
    published(tmp_path, "last", changed(a_keyed(N), 1.0, 5))
    assert not first & there()
    read_model(by_pieces(in_pieces, tmp_path, Remembered()))
