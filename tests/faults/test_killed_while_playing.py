"""The player is killed without warning, again and again: no play that was heard is lost, and none is counted twice."""

import contextlib
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.config.paths import default_paths
from app.domain.play import EndedBy
from app.storage.database import Database
from app.storage.plays import PlayStore
from tests.helpers.music import a_music_folder, the_app

ROOT = Path(__file__).resolve().parents[2]
KILLS = 12
# Says each play that is in the log, then goes on until it is killed.
_PLAYER = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.config.paths import default_paths
from app.playback.output import ClockOutput
from app.opening import open_database
from app.wiring import Wiring
app = QApplication([])
paths = default_paths(Path(sys.argv[1]))
output = lambda: ClockOutput(clock=lambda: time.monotonic() * 20, buffer_s=0.2)
wiring = Wiring(app, paths, open_database(paths), output)
wiring.playback.play_recorded.connect(lambda play: print("kept", play.id, flush=True))
wiring.playback.set_repeat("all")
wiring.playback.play_now(wiring.library.tracks(wiring.library.ids()))
app.exec()
"""


@pytest.mark.slow
def test_no_play_is_lost_and_none_is_doubled(qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path) -> None:
    wiring = the_app(qapp, home)
    music = a_music_folder(tmp_path / "music", artists=1, albums=1, tracks=4, seconds=4.0)
    with qtbot.waitSignal(wiring.library.scan_finished, timeout=20_000):
        wiring.library.add_folder(os.fsencode(music))
    wiring.window.close()
    wiring.close()
    rng, told = random.Random(7), 0
    for _ in range(KILLS):
        told = max(told, _play_until_killed(home, rng.randrange(1, 6), rng.uniform(0.0, 0.2)))
    database = Database(default_paths(home).database, check=True)
    store = PlayStore(database)
    recovered = store.recover()
    plays = store.after(0)
    database.close()
    ids = [play.id for play in plays]
    assert ids == list(range(1, len(plays) + 1))
    assert len(plays) >= told
    finished = [play for play in plays if play.ended_by is EndedBy.FINISHED]
    assert all(abs(play.played_ms - 4_000) < 150 for play in finished)
    cut_off = [play for play in plays if play.ended_by is EndedBy.REPLACED]
    assert 0 < len(cut_off) <= KILLS
    assert all(0 < play.played_ms < 4_000 for play in cut_off)
    assert recovered is None or recovered in cut_off
    starts = [play.started_at for play in plays]
    assert len(set(starts)) == len(starts)
    print(f"{KILLS} kills: {len(finished)} finished plays kept, {len(cut_off)} cut off and recovered, none lost")


def _play_until_killed(home: Path, after_plays: int, and_seconds: float) -> int:
    """The id of the last play that the player said it had kept, some plays and a moment after its start."""
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    player = subprocess.Popen(
        [sys.executable, "-c", _PLAYER, str(home)], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True
    )
    last = 0
    assert player.stdout is not None
    with player.stdout as said:
        for count, line in enumerate(said, 1):
            last = int(line.split()[1])
            if count == after_plays:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    player.wait(and_seconds)
                os.kill(player.pid, signal.SIGKILL)
                break
    assert player.wait(20) == -signal.SIGKILL
    return last
