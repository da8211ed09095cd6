"""A run from files to a model: what it says, and that it helps those it was not made from."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.files.community_files import read_model
from recommender.training.counted import Rules
from recommender.training.engines import engine_of
from recommender.training.made import Options, Report, made

from .lines import MBIDS, a_crowd, written

OPTIONS = Options(Rules(least_listeners=2, held_out=8), k=20, factors=8)


def run(folder: Path, listeners: int = 160, options: Options = OPTIONS) -> Report:
    path = written(folder / "listens.jsonl", a_crowd(listeners))
    return made([path], folder / "model", engine_of("local"), options, 1_760_000_000)


def test_those_held_out_are_helped_more_than_by_what_most_have(tmp_path: Path) -> None:
    report = run(tmp_path)
    assert 5 < report.quality["Listeners asked"] < 60
    assert report.quality["Never heard, nDCG@10"] > 1.5 * report.quality["Never heard, nDCG@10 of what most have"]
    assert report.n_listeners + report.quality["Listeners asked"] == 160
    assert any("MB" in line for line in report.lines())


def test_the_model_on_disk_is_what_was_made(tmp_path: Path) -> None:
    report = run(tmp_path)
    model = read_model(tmp_path / "model")
    assert model.about.n_listeners == report.n_listeners
    assert model.about.quality == report.quality
    assert len(model.community) == report.n_items
    for item in (0, 7, 100):
        row = model.find(f"Artist {item // 4}", f"Title {item}")
        assert row == model.find("", "", MBIDS[item]) >= 0
        assert model.names is not None
        assert model.names.mbid(row) == MBIDS[item]


def test_the_same_listens_make_the_same_model_to_the_byte(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert run(tmp_path / "a").manifest.id == run(tmp_path / "b").manifest.id


@pytest.mark.parametrize(("listeners", "words"), [(1, "One collection's taste"), (9, "only 9 listeners"), (30, "")])
def test_a_model_of_few_says_so(tmp_path: Path, listeners: int, words: str) -> None:
    options = replace(OPTIONS, rules=Rules(least_listeners=1, held_out=0))
    report = run(tmp_path, listeners, options)
    assert words in report.words
    assert bool(words) == bool(report.words)
    assert read_model(tmp_path / "model").about.words == report.words


def test_names_ride_along_for_the_most_held(tmp_path: Path) -> None:
    run(tmp_path, options=replace(OPTIONS, n_names=10))
    model = read_model(tmp_path / "model")
    assert model.names is not None
    named = model.names.rows()
    rest = np.setdiff1d(np.arange(len(model.community)), named)
    assert len(named) == 10
    assert model.community.holders[named].min() >= model.community.holders[rest].max()
    assert model.names.title(int(rest[0])) == ""
