"""The place of a track is the path that its listener knows it by."""

import pytest

from app.domain.place import place_of


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (b"/m/usb/.drive-1234-ABCD/a/b.mp3", b"/m/usb/a/b.mp3"),
        (b"/m/usb/.drive-1234-ABCD/a/b.mp3/replaced-12", b"/m/usb/a/b.mp3"),
        (b"/m/.drive-X/usb/.drive-1234/b\n.mp3", b"/m/.drive-X/usb/b\n.mp3"),
        (b"/m/replaced-1/.drive.mp3", b"/m/replaced-1/.drive.mp3"),
        (b"/m/.drive-in.mp3", b"/m/.drive-in.mp3"),
        (b"/m/\xff.mp3", b"/m/\xff.mp3"),
    ],
)
def test_the_place_of_a_track(path: bytes, place: bytes) -> None:
    assert place_of(path) == place
