"""Copies of a recording share a key; different recordings never do."""

import os

import pytest

from app.domain.recording import album_folder, album_key, recording_key
from app.domain.tags import Tags

MBID = "b1a9c0e9-d987-4042-ae91-78d6a3267d69"


def test_copies_in_other_folders_share_a_key() -> None:
    tags = Tags(title="Nuit", artist="Ida Ravn", duration_ms=200_100)
    shouted = Tags(title="NUIT", artist="ida  ravn", duration_ms=199_900)
    assert recording_key(tags, b"/a") == recording_key(shouted, b"/b")


def test_live_and_studio_stay_apart() -> None:
    studio = Tags(title="Nuit", artist="Ida Ravn", duration_ms=200_000)
    live = Tags(title="Nuit (Live)", artist="Ida Ravn", duration_ms=200_000)
    longer = Tags(title="Nuit", artist="Ida Ravn", duration_ms=260_000)
    assert len({recording_key(tags, b"/a") for tags in (studio, live, longer)}) == 3


def test_a_musicbrainz_id_decides_and_a_broken_one_does_not() -> None:
    assert recording_key(Tags(title="x", recording_mbid=MBID), b"/a") == "mbid:" + MBID
    assert recording_key(Tags(recording_mbid="not an id"), b"/a").startswith("path:")


def test_the_discs_of_an_album_share_its_folder() -> None:
    assert album_folder(b"/m/A/B/CD2/01.mp3") == album_folder(b"/m/A/B/cd 1/01.mp3") == b"/m/A/B"
    assert album_folder(b"/m/A/CDs/01.mp3") == b"/m/A/CDs"


@pytest.mark.parametrize(
    "name",
    ["CD1", "CD 2", "cd01", "Disc 3 - Live", "Disc One", "disc_two", "B (Disc 2)", "B [CD2: Live]", "B - Disc 2",
     "B CD2", "DVD1", "Disk4", "Vinyl 2", "Disc II", "CD 1 of 2"],
)  # fmt: skip
def test_every_name_of_a_disc_leads_to_its_album(name: str) -> None:
    within = album_folder(f"/m/A/B/{name}/01.mp3".encode())
    beside = album_folder(f"/m/A/{name}/01.mp3".encode())
    assert b"/m/A/B" in {within, beside}


@pytest.mark.parametrize(
    "name",
    ["Discovery", "Disco 2000", "CDs", "CD 100", "CD0", "Vinyl", "Disc", "(CD1", "Discone", "Abcd 1", "\udcff", ""],
)
def test_what_only_looks_like_a_disc_is_an_album(name: str) -> None:
    path = b"/m/A/" + os.fsencode(name) + b"/01.mp3"
    assert album_folder(path) == os.path.dirname(path)


def test_what_calls_itself_a_compilation_is_one_album_in_the_folders_of_its_artists() -> None:
    one = album_key(Tags(album="Hits 99", artist="A", compilation=True), b"/m/A/Hits 99/1.mp3")
    assert one == album_key(Tags(album="Hits 99", artist="B", compilation=True), b"/m/B/Hits 99/2.mp3")
    assert one != album_key(Tags(album="Hits 98", artist="B", compilation=True), b"/m/B/Hits 98/2.mp3")


def test_a_compilation_without_album_artist_stays_whole_and_two_of_one_name_stay_apart() -> None:
    one = album_key(Tags(album="Hits", artist="A"), b"/m/Hits/1.mp3")
    assert one == album_key(Tags(album="hits", artist="B"), b"/m/Hits/2.mp3")
    assert one != album_key(Tags(album="Hits", artist="A"), b"/m/Other/1.mp3")
    assert album_key(Tags(artist="A"), b"/m/x.mp3") == ""
