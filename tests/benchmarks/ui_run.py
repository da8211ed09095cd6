"""``python -m tests.benchmarks.ui_run acts HOME`` or ``frames ROWS ALBUMS``: prints name, value, unit and promise."""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication

from app.config.paths import default_paths
from app.domain.ids import AlbumKey, TrackId
from app.domain.track import Album
from app.playback.output import ClockOutput
from app.storage.database import Database
from app.ui.item_models.album_groups import by_albums
from app.ui.item_models.cards import CardModel, album_card
from app.ui.style import Style
from app.ui.theme import Theme
from app.ui.views import Services
from app.ui.views.cover_grid import CoverGrid
from app.ui.views.track_table import TrackTable
from app.wiring import Wiring
from tests.helpers.fake_grade import FakeGradeService
from tests.helpers.fake_playlists import FakePlaylistService, FakeTagService
from tests.helpers.fake_services import (
    FakeCoverService,
    FakeHistoryService,
    FakeLibraryService,
    FakePlaybackService,
    FakeSuggestionService,
    a_track,
)

_FRAMES = 60
_REST_S = 10.0
_SETTLE_MS = 8_000
_LONGEST_ACT_MS = 5_000


def tell(name: str, value: float, unit: str, beside: str = "") -> None:
    """One line."""
    print(name, value, unit, beside, sep="\t", flush=True)


def cpu_ms() -> float:
    """What the process has computed so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return (used.ru_utime + used.ru_stime) * 1000


def turn(milliseconds: int) -> None:
    """Lets the event loop run for a while."""
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < milliseconds:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


# Frames


def frames(rows: int, albums: int) -> None:
    """Scrolls a table and a grid by a step a frame and paints each whole; no thread but this one is there."""
    app = QApplication([])
    theme = Theme("light")
    Style(app, theme)
    library, covers = FakeLibraryService(), FakeCoverService()
    services = Services(
        library,
        FakePlaybackService(),
        FakeSuggestionService(),
        covers,
        FakeHistoryService(),
        FakePlaylistService(),
        FakeTagService(),
        FakeGradeService(),
    )
    table = TrackTable(services, theme, "tracks", fetch=lambda ids: [a_track(one) for one in ids])
    table.show_ids(TrackId(one) for one in range(1, rows + 1))
    _scroll(table, f"table of {rows:,} rows, a frame of scrolling, CPU")
    ids = range(1, rows + 1)
    begun, used = time.perf_counter(), cpu_ms()
    grouped = by_albums(ids, "artist", [(TrackId(one), AlbumKey(f"album {one // 12}")) for one in ids], whole=True)
    beside = f"{(time.perf_counter() - begun) * 1000:.0f} by the clock, in a job"
    tell(f"headings of albums for {rows:,} rows, CPU", cpu_ms() - used, "ms", beside)
    table.replace_rows(grouped)
    _scroll(table, f"the same under {len(grouped.heads):,} headings, a frame of scrolling, CPU")
    table.hide()
    grid = CoverGrid(CardModel(album_card), covers, theme)
    grid.show_values([_album(number) for number in range(albums)])
    _scroll(grid, f"grid of {albums:,} albums, a frame of scrolling, CPU")


def _album(n: int) -> Album:
    return Album(AlbumKey(f"a{n}"), f"Album {n}", f"Artist {n // 3}", 1970 + n % 50, 10, TrackId(n))


def _scroll(view: QAbstractItemView, name: str) -> None:
    view.resize(1280, 800)
    view.show()
    turn(200)
    bar = view.verticalScrollBar()
    taken = []
    for frame in range(_FRAMES):
        before = cpu_ms()
        bar.setValue(bar.maximum() // 3 + frame * 97)
        view.viewport().repaint()
        taken.append(cpu_ms() - before)
    tell(name, median(taken), "ms", f"promised: at most 10; slowest {max(taken):.1f}")


# Acts


def acts(home: Path) -> None:
    """The real window over a library: what each act costs until it has been painted, then rest."""
    app = QApplication([])
    paths = default_paths(home)
    wiring = Wiring(app, paths, Database(paths.database), ClockOutput)
    wiring.start()
    turn(_SETTLE_MS)
    window = wiring.window
    _memory(wiring, "after the start")
    for name in ("albums", "artists", "tracks", "home"):
        _act(f"view switch, first time: {name}", lambda name=name: window.show_view(name), "at most 50")
        turn(600)
    for name in ("albums", "artists", "tracks", "home"):
        _act(f"view switch: {name}", lambda name=name: window.show_view(name), "at most 50")
        turn(600)
    _keystrokes(wiring)
    for choice in ("dark", "light"):
        change = {"theme": choice}
        _act(f"theme to {choice}", lambda change=change: wiring.change_settings(change), "at most 300")
        turn(300)
    window.show_view("home")
    turn(3_000)
    before = cpu_ms()
    turn_at_rest(_REST_S)
    tell("idle, CPU", (cpu_ms() - before) / _REST_S / 10, "%", f"promised: 0.0; over {_REST_S:.0f} s")
    _memory(wiring, "after these acts")
    window.close()
    wiring.close()


def _act(name: str, do: Callable[[], object], promise: str) -> None:
    """What the window's thread computes until it has painted, and the time by the clock, which others stretch."""
    begun, used = time.perf_counter(), time.thread_time()
    do()
    QApplication.processEvents()
    wall, cpu = (time.perf_counter() - begun) * 1000, (time.thread_time() - used) * 1000
    tell(name, cpu, "ms", f"promised: {promise}; {wall:.0f} by the clock")


def _keystrokes(wiring: Wiring) -> None:
    """From a key to the answer on screen."""
    field, results = wiring.window.rail.search, wiring.views.search
    shown: list[float] = []
    answered, late = QEventLoop(), QTimer(singleShot=True, interval=_LONGEST_ACT_MS)
    wiring.library.found.connect(lambda *_: (shown.append(time.perf_counter()), answered.quit()))
    late.timeout.connect(answered.quit)
    taken = []
    for text in ("m", "mi", "mir", "mirr", "mirro", "mirror", "copper w", "copper wolves", "silent rivers 1"):
        shown.clear()
        late.start()
        begun, used = time.perf_counter(), cpu_ms()
        field.setText(text)
        if not shown:  # waits as the app does: a loop that turns by itself takes the search's time
            answered.exec()
        results.repaint()
        taken.append(((time.perf_counter() - begun) * 1000, cpu_ms() - used))
        turn(300)
    field.clear()
    middle = median(wall for wall, _ in taken)
    slowest, cpu = max(taken)
    tell("keystroke to painted results, typical", middle, "ms", "promised: at most 50")
    tell("keystroke to painted results, slowest", slowest, "ms", f"promised: at most 50; {cpu:.0f} of CPU")


def turn_at_rest(seconds: float) -> None:
    """Waits as the event loop of the app does: without turning by itself."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def _memory(wiring: Wiring, when: str) -> None:
    beside = f"promised: at most 200; {_memory_mb('Rss'):.0f} with what is shared (RSS)"
    tell(f"idle memory, {wiring.library.count():,} tracks, {when}, PSS", _memory_mb("Pss"), "MB", beside)


def _memory_mb(key: str) -> float:
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key + ":")) / 1024


def main() -> None:
    """One of the two."""
    kind, *rest = sys.argv[1:]
    if kind == "frames":
        frames(*map(int, rest))
    else:
        acts(Path(rest[0]))


if __name__ == "__main__":
    main()
