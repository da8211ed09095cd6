"""What an album loses or gains where it was cut: nothing, and with AAC a millisecond at most."""

from pathlib import Path

import pytest

from tests.playback.borders import borders
from tests.playback.sounds import FORMATS


@pytest.mark.parametrize("kind", ["wav", "float.wav", "flac", "24.flac", "alac.m4a", "wv"])
def test_lossless_pieces_are_the_album_again(tmp_path: Path, kind: str) -> None:
    found = borders(tmp_path, kind)
    assert (found.surplus, set(found.shifts), found.different) == (0, {0}, 0.0)


@pytest.mark.parametrize("kind", ["ogg", "opus", "mp3"])
def test_lossy_pieces_stand_each_in_its_place_to_the_sample(tmp_path: Path, kind: str) -> None:
    found = borders(tmp_path, kind)
    assert (found.surplus, set(found.shifts)) == (0, {0})


def test_aac_is_off_by_a_millisecond_a_border_at_most(tmp_path: Path) -> None:
    found = borders(tmp_path, "m4a")
    most = FORMATS["m4a"][2] // 1000
    assert abs(found.surplus) <= most * len(found.shifts)
    assert all(abs(shift) <= most * number for number, shift in enumerate(found.shifts))
