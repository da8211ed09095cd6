"""Settings survive damage: the defaults are used and the damaged file is kept."""

import json
import os
from pathlib import Path

import pytest

from app.config.paths import default_paths, resources
from app.config.settings import Settings, from_values, load, save


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    chosen = Settings(volume=33, theme="dark", view="albums")
    save(tmp_path / "deep" / "settings.json", chosen)
    assert load(tmp_path / "deep" / "settings.json") == (chosen, "")


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == (Settings(), "")


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"1" * 2_000_000, b'{"volume": ' + b"9" * 5000 + b"}"],
    ids=["empty", "cut", "binary", "deep", "huge", "long number"],
)
def test_a_damaged_file_is_kept_aside(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(raw)
    settings, trouble = load(path)
    assert settings == Settings()
    assert "damaged" in trouble
    assert (tmp_path / "settings.json.damaged").read_bytes() == raw


def test_values_out_of_range_or_of_the_wrong_kind_fall_back() -> None:
    odd = {"volume": 900, "theme": "purple", "muted": 1, "view": 5, "unknown": "x", "panel_width": -3}
    assert from_values(odd) == Settings(volume=100, panel_width=300)
    assert from_values([1, 2]) == Settings()
    assert from_values(json.loads('{"volume": NaN}')) == Settings()


def test_what_is_told_of_the_desktop_is_yes_or_no() -> None:
    names = ("notifications", "tray_icon", "close_to_tray", "tray_explained", "stay_awake")
    for odd in (1, 0, "yes", None, [True], {"on": True}, 1e999):
        assert from_values(dict.fromkeys(names, odd)) == Settings()
    assert from_values({"close_to_tray": True, "notifications": False}) == Settings(
        close_to_tray=True, notifications=False
    )


def test_one_folder_can_hold_everything(tmp_path: Path) -> None:
    paths = default_paths(tmp_path)
    paths.make()
    assert paths.database.parent.is_dir()
    assert paths.database.is_relative_to(tmp_path)


def test_the_migrations_are_found() -> None:
    assert list((resources() / "migrations").glob("0001_*.sql"))


def test_a_pipe_in_place_of_the_file_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    os.mkfifo(path)
    assert load(path) == (Settings(), "The settings could not be read (they are no file); the defaults are in use.")


def test_the_equaliser_s_bands_are_kept_as_whole_numbers_within_their_limits(tmp_path: Path) -> None:
    chosen = Settings(replay_gain="album", preamp_db=-4, equaliser=True, equaliser_bands=tuple(range(-5, 5)))
    save(tmp_path / "settings.json", chosen)
    assert load(tmp_path / "settings.json") == (chosen, "")
    assert from_values({"equaliser_bands": [99] * 10}).equaliser_bands == (12,) * 10
    for odd in ([1] * 9, [1.5] * 10, [True] * 10, "0000000000", None):
        assert from_values({"equaliser_bands": odd}) == Settings()


def test_crossfade_and_speed_are_kept_as_whole_numbers_within_their_limits(tmp_path: Path) -> None:
    chosen = Settings(crossfade_s=7, speed_percent=135)
    save(tmp_path / "settings.json", chosen)
    assert load(tmp_path / "settings.json") == (chosen, "")
    assert from_values({"crossfade_s": 10**30, "speed_percent": 10**30}) == Settings(crossfade_s=12, speed_percent=200)
    assert from_values({"crossfade_s": -5, "speed_percent": 0}) == Settings(crossfade_s=0, speed_percent=50)
    for odd in (1.5, True, "3", None, [3], float("nan"), {"seconds": 3}):
        assert from_values({"crossfade_s": odd, "speed_percent": odd}) == Settings()
