"""The weighted shuffle: every track once, nothing again within the window, what is liked sooner."""

import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import AlbumKey, RecordingKey
from app.domain.play import EndedBy, StartedBy
from app.domain.taste import UNKNOWN, Taste
from app.domain.track import Track
from app.playback.queue import PlayQueue
from app.playback.queue_edits import EditedQueue
from app.playback.shuffle import WINDOW, Tastes, order, weight
from tests.helpers.fake_playback import a_play
from tests.helpers.fake_services import a_track

NOW_MS = 1_760_000_000_000
DAY_MS = 86_400_000


def some(count: int, *, artists: int = 1_000_000, on_album: int = 0) -> list[Track]:
    return [
        replace(
            a_track(number),
            recording_key=RecordingKey(f"r{number}"),
            artist=f"artist {number % artists}",
            album_key=AlbumKey(f"album {number // on_album}" if on_album else ""),
        )
        for number in range(1, count + 1)
    ]


def alike(_track: Track) -> float:
    return 1.0


@given(st.integers(0, 40), st.lists(st.integers(1, 60), max_size=80), st.booleans(), st.integers(0, 3))
def test_every_track_comes_once(count: int, recent: list[int], by_albums: bool, seed: int) -> None:
    tracks = some(count, artists=3, on_album=4)
    keys = [RecordingKey(f"r{number}") for number in recent]
    found = order(tracks, alike, keys, random.Random(seed), by_albums=by_albums)
    assert sorted(found) == list(range(count))


@given(st.lists(st.integers(1, 800), max_size=WINDOW, unique=True), st.integers(0, 3))
def test_nothing_comes_again_within_the_window(recent: list[int], seed: int) -> None:
    tracks, keys = some(800, artists=20), [RecordingKey(f"r{number}") for number in recent]
    played = [*keys, *(tracks[at].recording_key for at in order(tracks, alike, keys, random.Random(seed)))]
    last: dict[RecordingKey, int] = {}
    for at, key in enumerate(played):
        assert at - last.get(key, -WINDOW - 1) > WINDOW
        last[key] = at


def test_with_few_tracks_the_next_round_keeps_as_much_distance_as_it_can_and_is_still_a_draw() -> None:
    queue = PlayQueue(random.Random(1))
    queue.set_shuffle(True)
    queue.set_repeat("all")
    queue.replace(some(20), 0, StartedBy.HAND, "")
    played = [entry.track.id for entry in (queue.advance() for _ in range(400)) if entry]
    for at, one in enumerate(played):
        assert one not in played[max(at - 14, 0) : at]
    assert len({tuple(played[at : at + 20]) for at in range(0, 400, 20)}) > 15


def test_an_artist_does_not_follow_himself_where_others_are() -> None:
    tracks = some(100, artists=10)
    found = [tracks[at].artist for at in order(tracks, alike, [], random.Random(3))]
    assert sum(one == two for one, two in pairwise(found)) <= 3


def test_albums_stay_together_and_in_order() -> None:
    tracks = some(40, on_album=5)
    found = order(tracks, alike, [], random.Random(4), by_albums=True)
    assert found != list(range(40))
    assert len(list(dict.fromkeys(tracks[at].album_key for at in found))) == 1 + sum(
        tracks[one].album_key != tracks[two].album_key for one, two in pairwise(found)
    )
    assert all(one < two for one, two in pairwise(found) if tracks[one].album_key == tracks[two].album_key)


def test_the_album_that_plays_goes_on_when_albums_are_shuffled() -> None:
    queue = PlayQueue(random.Random(5))
    queue.replace(some(40, on_album=5), 16, StartedBy.HAND, "")
    queue.set_by_albums(True)
    queue.set_shuffle(True)
    assert [queue.upcoming(step).track.id for step in (1, 2)] == [18, 19]
    assert sorted(entry.entry_id for entry in queue.entries) == sorted(queue._order)


def test_a_kept_order_is_not_shuffled_anew_at_the_start() -> None:
    former = EditedQueue(random.Random(6))
    former.set_shuffle(True)
    former.replace(some(40, on_album=5), 0, StartedBy.HAND, "")
    before = list(former._order)
    queue = EditedQueue(random.Random(7))
    queue.restore(replace(former.saved(), by_albums=True))
    assert (queue._order, queue.by_albums) == (before, True)
    queue.set_by_albums(False)
    assert queue._order != before


def test_what_is_liked_and_was_on_lately_weighs_more_than_what_is_skipped_or_long_ago() -> None:
    long_ago, today = NOW_MS - 100 * DAY_MS, NOW_MS - DAY_MS // 2
    liked, skipped = Taste(8, 8, 0, long_ago), Taste(8, 1, 7, long_ago)
    assert weight(UNKNOWN, None, NOW_MS) == 1.0
    assert weight(liked, None, NOW_MS) > 1 > weight(skipped, None, NOW_MS) > 0
    assert weight(liked, None, NOW_MS) < weight(replace(liked, last_ms=today), None, NOW_MS)
    assert weight(UNKNOWN, 100, NOW_MS) > 1 > weight(UNKNOWN, 20, NOW_MS) > 0
    assert weight(UNKNOWN, 0, NOW_MS) == 1.0, "stars that were taken away say nothing"
    assert weight(replace(liked, last_ms=NOW_MS + DAY_MS), None, NOW_MS) > 0, "a clock that jumps does no harm"


def test_what_weighs_more_comes_sooner() -> None:
    tracks = some(10)
    rng = random.Random(7)
    firsts = Counter(order(tracks, lambda track: 9.0 if track.id == 1 else 1.0, [], rng)[0] for _ in range(1000))
    assert 430 < firsts[0] < 570


def test_a_play_counts_at_once() -> None:
    tastes, track = Tastes(), some(1)[0]
    tastes.heard(a_play(track, ended_by=EndedBy.SKIPPED, played_ms=500))
    assert tastes.of[track.recording_key].skips == 1
    assert list(tastes.recent) == [track.recording_key]
    assert tastes.weight(track) < 1
