"""What the window need not wait for, once it has been seen: one thing a turn, so that it answers in between."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from app.qt.jobs import Cancelled
from app.ui.views import read_code
from app.wiring.beside import follow_others
from app.wiring.dialogs import welcome
from app.wiring.sound import begin_playing

if TYPE_CHECKING:
    from app.wiring import Wiring

_CODE: Final = (
    ("app.wiring.shuffle", "app.playback.loop", "app.playback.patient", "app.playback.route"),
    ("app.qt.doorbell",),
    ("app.suggestions.suggest",),
    ("app.wiring.desktop", "app.qt.upkeep"),
)
"""What is begun after the first paint needs these: they are read in a job."""
_VIEWS: Final = (
    *("albums", "tracks", "artists", "search", "album", "artist"),
    *("playlists", "playlist", "genres", "genre", "history"),
)
"""What is made before anybody goes there, all but what is seldom gone to."""
_VIEW_EVERY_MS: Final = 100
_RESCAN_AFTER_MS: Final = 3_000
"""The first seconds belong to the window and to the first sound."""


def begin_unseen(wiring: "Wiring", door: Path | None, said_of_settings: str) -> None:
    """Reads the code of what is to begin, and begins each once its code is there. ``door``: where others knock."""
    with_code: Iterator[Callable[[], None]] = iter(
        (
            lambda: begin_playing(wiring),
            lambda: _open_door(wiring, door),
            wiring.suggestions.refresh,
            lambda: wiring.desktop.start(),
        )
    )
    without: Iterator[Callable[[], None]] = iter(
        (
            wiring.sync.begin,
            lambda: _follow_others(wiring),
            lambda: _check(wiring, said_of_settings),
            lambda: _look_at_folders(wiring),
            lambda: _read_views(wiring),
        )
    )

    def go_on(_nothing: object = None) -> None:
        if not wiring.closed and (step := next(without, None)) is not None:
            QTimer.singleShot(0, wiring, go_on)  # first: one that fails keeps none of the others back
            step()

    wiring.jobs.start(
        "begin", _read_code, progressed=lambda _n: next(with_code)(), done=go_on, failed=wiring.window.toast.say
    )


def _read_code(_cancelled: Cancelled) -> Iterator[int]:
    """In one job, one after the other: if each read its own in its own thread, the window would wait for all of them.

    Python runs one thread at a time, and a library of C that it opens keeps all others waiting.
    """
    for number, modules in enumerate(_CODE):
        for module in modules:
            import_module(module)
        yield number


def _read_views(wiring: "Wiring") -> None:
    wiring.jobs.start("views", read_code, done=lambda _nothing: _make_views(wiring, iter(_VIEWS)))


def _make_views(wiring: "Wiring", names: Iterator[str]) -> None:
    """One after the other with time between them; the first visit to each then only fills and shows it."""
    name = next((name for name in names if not wiring.views.is_made(name)), "")
    if name and not wiring.closed:
        QTimer.singleShot(_VIEW_EVERY_MS, wiring, lambda: _make_views(wiring, names))
        wiring.window.stack.addWidget(wiring.views[name])


def _open_door(wiring: "Wiring", door: Path | None) -> None:
    if door is not None:
        from app.qt.doorbell import Doorbell

        wiring.doorbell = Doorbell(door, lambda request: wiring.desktop.asked(request))


def _follow_others(wiring: "Wiring") -> None:
    wiring.others = follow_others(wiring)


def _check(wiring: "Wiring", said_of_settings: str) -> None:
    from app.qt.upkeep import damage

    wiring.jobs.start("check", damage, wiring.database, done=wiring.checked)
    if said_of_settings:
        wiring.window.toast.say(said_of_settings)


def _look_at_folders(wiring: "Wiring") -> None:
    library = wiring.library
    library.finish_leaving()
    if library.folders():
        library.watch()
        QTimer.singleShot(_RESCAN_AFTER_MS, library, library.rescan)
    else:
        welcome(wiring)
