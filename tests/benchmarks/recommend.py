"""How soon the panel's list is there: 10,000 tracks and 50,000 plays in a real database, with titles and reasons."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from app.domain.suggestion import Dial, Moment
from app.storage.browse import BrowseStore
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from app.suggestions.suggest import Suggester
from tests.benchmarks.measure import Measurement, typical_ms
from tests.helpers.builders import NOW_MS, a_database, a_library, a_play, some_plays


def measure(*, quick: bool) -> Iterator[Measurement]:
    """Reads the library and the plays once, then asks for 50 suggestions, with a play between two questions."""
    n_tracks, n_plays, times = (1_000, 5_000, 5) if quick else (10_000, 50_000, 40)
    with tempfile.TemporaryDirectory() as folder:
        database = a_database(Path(folder))
        some_plays(database, a_library(database, n_tracks), n_plays)
        stores = TrackStore(database), PlayStore(database), BrowseStore(database)
        begun = time.perf_counter()
        suggester = Suggester(*stores)
        suggester.catch_up()
        size = f"{n_tracks:,} tracks, {n_plays:,} plays"
        yield Measurement(f"read library and plays ({size})", (time.perf_counter() - begun) * 1000, "ms")
        for name, moment in (
            ("now playing", Moment(NOW_MS, playing=5)),
            ("for you", Moment(NOW_MS)),
            ("forgotten", Moment(NOW_MS, dial=Dial.FORGOTTEN)),
            ("never heard", Moment(NOW_MS, dial=Dial.NEVER)),
        ):
            asked = typical_ms(lambda moment=moment: suggester.suggest(moment, 50), times)
            yield Measurement(f"50 suggestions with reasons, {name}", asked, "ms")
        at = iter(range(NOW_MS, NOW_MS + 10**9, 200_000))

        def play_and_ask() -> None:
            stores[1].append(a_play(7, next(at)))
            suggester.catch_up()
            suggester.suggest(Moment(NOW_MS, playing=8), 50)

        yield Measurement("a play kept, taken in and answered", typical_ms(play_and_ask, times), "ms", "under 1,000")
        database.close()
