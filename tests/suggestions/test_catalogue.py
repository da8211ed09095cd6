"""Versions of one song share a code; different songs do not."""

import pytest

from app.suggestions.catalogue import UNKNOWN, catalogue, version_group
from tests.helpers.fake_services import a_track


@pytest.mark.parametrize(
    "title",
    [
        "Glass River",
        "Glass River (Live)",
        "Glass River (Live at the Hall) [2011 Remaster]",
        "Glass River - Remastered 2011",
        "Glass River - 2011 Remaster",
        "Glass River \u2013 Live",
        "GLASS  RIVER",
    ],
)
def test_versions_of_a_song_are_one_group(title: str) -> None:
    assert version_group(title, "Oscar Thorne") == version_group("Glass River", "oscar thorne")


@pytest.mark.parametrize("title", ["Glass River II", "Glass River - Part Two", "Glass", "Live Glass River"])
def test_other_songs_stand_apart(title: str) -> None:
    assert version_group(title, "Oscar Thorne") != version_group("Glass River", "Oscar Thorne")


def test_a_title_of_brackets_alone_keeps_itself_and_a_nameless_track_is_no_version() -> None:
    assert version_group("(Untitled)", "Ida") != version_group("(Silence)", "Ida")
    assert version_group("Song", "") == version_group("", "Ida") == ""


def test_codes_are_given_in_the_order_names_are_met() -> None:
    tracks = [a_track(number, artist=artist, genre=genre) for number, (artist, genre) in enumerate(_MET, start=1)]
    made = catalogue(tracks)
    assert made.artist.tolist() == [0, 1, 0, 2]
    assert made.genre.tolist() == [0, UNKNOWN, 1, 0]


_MET = [("Ida", "Folk"), ("Oscar", ""), ("IDA", "Jazz"), ("Mira", "folk")]
