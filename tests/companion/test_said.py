"""What players say, late, wrongly and with intent, comes to plain values or to nothing."""

import math
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.companion.names import player_of, shown_name
from app.companion.said import LONGEST_MS, NOTHING, Said, position_of, rate_of, said_of, same_track, status_of
from app.domain.queue import PlaybackState

MBID = "b1a9c0e9-d987-4042-ae91-78d6a3267d69"


def test_what_a_good_player_says_is_taken_as_it_is() -> None:
    said = said_of(
        {
            "mpris:trackid": "/org/mpris/7",
            "mpris:length": 61_500_000,
            "xesam:title": "Été",
            "xesam:artist": ["Ida Ravn", "Bo"],
            "xesam:album": "Fin",
            "xesam:albumArtist": ["Ida Ravn"],
            "xesam:url": "file:///m/%C3%89t%C3%A9%20%23.flac",
            "xesam:musicBrainzTrackID": [MBID.upper()],
        }
    )
    assert said == Said(
        title="Été",
        artist="Ida Ravn; Bo",
        artists=("Ida Ravn", "Bo"),
        album="Fin",
        album_artist="Ida Ravn",
        length_ms=61_500,
        path="/m/Été #.flac".encode(),
        track="/org/mpris/7",
        recording_mbid=MBID,
    )


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ({"xesam:artist": "Ida"}, Said(artist="Ida", artists=("Ida",))),
        ({"xesam:artist": [7, None, b"Ida", ""]}, Said(artist="Ida", artists=("Ida",))),
        ({"xesam:title": ["One", "Two"]}, Said(title="One")),
        ({"xesam:title": b"One\xff"}, Said(title="One\ufffd")),
        ({"xesam:title": 7, "xesam:album": None, "mpris:trackid": {}}, NOTHING),
        ({"xesam:title": "a\u202eb\x00\nc"}, Said(title="ab c")),
        ({"xesam:url": b"file:///m/1.flac"}, Said(path=b"/m/1.flac")),
        ({"xesam:url": "file:///m/%FF.flac"}, Said(path=b"/m/\xff.flac")),
        ({"xesam:url": "/m/1.flac"}, Said(path=b"/m/1.flac")),
        ({"xesam:url": "file://elsewhere/m/1.flac"}, Said(url="file://elsewhere/m/1.flac")),
        ({"xesam:url": "file:///m/../../etc/x"}, Said(path=b"/etc/x")),
        ({"xesam:url": "file:///m/%00"}, Said(url="file:///m/%00")),
        ({"xesam:url": 12}, NOTHING),
        ({"mpris:length": "61500000"}, NOTHING),
        ({"mpris:length": -5}, NOTHING),
        ({"mpris:length": 2**63}, NOTHING),
        ({"mpris:length": math.nan}, NOTHING),
        ({"mpris:length": math.inf}, NOTHING),
        ({"mpris:length": True}, NOTHING),
        ({"mpris:length": 61_500_000.7}, Said(length_ms=61_500)),
        ({"mpris:trackid": "/org/mpris/MediaPlayer2/TrackList/NoTrack"}, NOTHING),
        ({"kde:pid": 4242}, Said(process=4242)),
        ({"kde:pid": -1, "xesam:musicBrainzTrackID": "no id"}, NOTHING),
        ([1, 2], NOTHING),
        (None, NOTHING),
    ],
)
def test_what_a_bad_player_says_is_taken_as_far_as_it_makes_sense(given: Any, meant: Said) -> None:
    assert said_of(given) == meant


def test_a_megabyte_of_text_becomes_a_line() -> None:
    said = said_of({"xesam:title": "x" * 2**20, "xesam:artist": ["y" * 2**20] * 5_000, "xesam:url": "z" * 2**20})
    assert (len(said.title), len(said.artist), len(said.url)) == (1_000, 1_000, 2_000)


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
_KEYS = [
    *("mpris:trackid", "mpris:length", "xesam:title", "xesam:artist", "xesam:album", "xesam:albumArtist"),
    *("xesam:url", "kde:pid", "mb:trackId", "xesam:musicBrainzTrackID"),
]


@given(st.dictionaries(st.sampled_from(_KEYS), _ANY) | _ANY, _ANY)
def test_anything_at_all_becomes_clean_values(metadata: Any, value: Any) -> None:
    said = said_of(metadata)
    for text in (said.title, said.artist, said.album, said.album_artist, said.url, said.track, said.shown_title):
        assert not any(unicodedata.category(c) in {"Cc", "Cs", "Cn", "Zl", "Zp"} for c in text)  # those of fonts stay
        assert len(text) <= 2_000
    assert 0 <= said.length_ms <= LONGEST_MS
    assert said.path is None or (said.path.startswith(b"/") and b"\0" not in said.path)
    assert position_of(value) is None or 0 <= (position_of(value) or 0) <= LONGEST_MS
    rate, status = rate_of(value), status_of(value)
    assert rate is None or 0 < rate < 20
    assert status is None or isinstance(status, PlaybackState)


@pytest.mark.parametrize("value", [0, 0.0, -1.0, math.nan, math.inf, 1e9, True, "1.0", None])
def test_what_is_no_speed_is_none(value: object) -> None:
    assert rate_of(value) is None


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        (Said(title="01 One.flac", path=b"/1", track="/t"), Said(title="One", path=b"/1", track="/t"), True),
        (Said(title="One", path=b"/1"), Said(title="One", path=b"/2"), False),
        (Said(title="One", path=b"/all", track="/1"), Said(title="Two", path=b"/all", track="/2"), False),
        (Said(title="One", path=b"/1", track="/1"), Said(title="ONE", path=b"/1", track="/2"), True),
        (Said(title="One", url="http://a"), Said(title="Two", url="http://a"), False),
        (Said(url="http://a"), Said(title="Two", url="http://a"), True),
        (Said(title="One", url="http://a"), Said(title="One", url="http://b"), False),
        (Said(title="One", track="/1"), Said(title="One", track="/2"), False),
        (Said(title="One", artist="Ida"), Said(title="One", artist="Bo"), False),
        (Said(title="One"), Said(title="One", artist="Bo"), True),
        (Said(title="One - Videos", track="/t"), Said(title="(1) One - Videos", track="/t"), True),
        (Said(title="(99+) One", track="/t"), Said(title="(7) One", track="/t"), True),
        (Said(title="(1) One", path=b"/1"), Said(title="(2) One", path=b"/2"), False),
        (Said(title="(1) One", track="/t"), Said(title="(2) Two", track="/t"), False),
        (Said(title="One", track="/t"), Said(title="(1) ", track="/t"), False),
    ],
)
def test_whether_two_words_mean_one_track(before: Said, now: Said, same: bool) -> None:
    assert same_track(before, now) is same


@pytest.mark.parametrize(
    ("name", "player"),
    [
        ("strawberry", "strawberry"),
        ("vlc.instance1234", "vlc"),
        ("firefox.instance_1_23", "firefox"),
        ("mpv.instance-77", "mpv"),
        ("io.bassi.Amberol", "io.bassi.Amberol"),
        ("segue", ""),
        ("segue.instance99", ""),
        ("playerctld", ""),
        ("", ""),
    ],
)
def test_a_player_is_named_for_good_whichever_instance_runs(name: str, player: str) -> None:
    assert player_of(f"org.mpris.MediaPlayer2.{name}") == player


def test_others_on_the_bus_are_no_players_and_a_name_is_one_clean_line() -> None:
    assert player_of("org.freedesktop.Notifications") == ""
    assert shown_name("V\nL\u202eC" + "x" * 900, "vlc").startswith("V LC")
    assert len(shown_name("x" * 900, "vlc")) == 60
    assert shown_name(None, "io.bassi.Amberol") == "Amberol"
