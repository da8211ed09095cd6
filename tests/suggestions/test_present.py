"""Which tracks are there, by id and by recording."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import RecordingKey, TrackId
from app.suggestions.present import Present
from tests.helpers.fake_services import a_track


def present(*of: tuple[int, str]) -> Present:
    made = Present()
    for number, key in of:
        made.add(replace(a_track(), id=TrackId(number), recording_key=RecordingKey(key)))
    return made.complete()


@given(st.dictionaries(st.integers(1, 5_000), st.sampled_from(["", "a", "b", "漢", "mbid:1"]), max_size=40))
def test_it_says_the_same_as_a_set_and_a_dictionary(keys: dict[int, str]) -> None:
    found = present(*keys.items())
    of_recording: dict[str, int] = {}
    for number, key in keys.items():
        of_recording.setdefault(key, number)
    assert found.ids().tolist() == sorted(keys)
    assert [number for number in range(-2, 5_003) if number in found] == sorted(keys)
    assert {key: found.of_recording(RecordingKey(key)) for key in ["", "a", "b", "漢", "mbid:1", "c"]} == {
        key: of_recording.get(key) for key in ["", "a", "b", "漢", "mbid:1", "c"]
    }
    assert (len(found), bool(found)) == (len(keys), bool(keys))


def test_what_is_no_id_is_not_there() -> None:
    found = present((1, "a"))
    assert None not in found
    assert -1 not in found
    assert 10**30 not in found
    assert TrackId(1) in found


def test_what_goes_by_its_names_finds_the_file_of_these_names_and_length() -> None:
    made = Present()
    for number, length_ms in ((1, 200_000), (2, 320_000)):
        track = replace(a_track(), title="Nuit", artist="Ida Ravn", duration_ms=length_ms)
        made.add(replace(track, id=TrackId(number), recording_key=RecordingKey(f"mbid:{number}")))
    found = made.complete()
    key = RecordingKey("tags:ida ravn\x1fnuit\x1f0")
    assert [found.of_names(key, length_ms) for length_ms in (0, 201_000, 319_000, 260_000)] == [1, 1, 2, None]
    assert found.of_names(RecordingKey("tags:ida ravn\x1fjour\x1f0"), 0) is None
    assert found.of_names(RecordingKey("mbid:3"), 0) is None


def test_before_it_is_complete_it_knows_nothing() -> None:
    found = Present()
    assert 1 not in found
    assert found.of_recording(RecordingKey("a")) is None
