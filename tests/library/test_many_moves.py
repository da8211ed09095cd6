"""Very many tracks that are gone: each is found again, and nothing is laid out for all of them in one go."""

from collections.abc import Sequence

from app.domain.ids import RecordingKey, TrackId
from app.domain.scan import Trace
from app.library.moves import SOUND, Moves, assign
from tests.helpers.builders import a_file

MANY = 20_000


def a_trace(number: int) -> Trace:
    key = RecordingKey(f"ida ravn\x1fsong {number}\x1f200")
    return Trace(TrackId(number), b"/gone/%d.flac" % number, 1000 + number, number, number, f"{number:x}", key, 200_000)


def test_among_very_many_each_is_found_and_given_away_once() -> None:
    traces = {number: a_trace(number) for number in range(1, MANY + 1)}

    def fetch(ids: Sequence[TrackId]) -> list[Trace]:
        return [traces[one] for one in ids]

    moves = Moves(lambda _trace: True, lambda _trace, _file: True, fetch)
    for trace in traces.values():
        moves.add(trace)
    file = a_file("/new/7.flac", size=1, audio_hash=f"{777:x}")
    (claim,) = moves.claims(file)
    assert claim[0] >= SOUND
    assert assign([claim], moves) == {file.path: traces[777]}
    assert moves.claims(file) == []
    assert not moves.take(traces[777])


def test_no_table_grows_with_all_of_them() -> None:
    moves = Moves(lambda _trace: True, lambda _trace, _file: True, lambda _ids: [])
    for number in range(1, MANY + 1):
        moves.add(a_trace(number))
    sizes = [len(table) for tables in (moves._free, moves._index) for table in tables]
    assert sum(sizes) >= 3 * MANY
    assert max(sizes) < MANY / 10
