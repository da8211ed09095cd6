"""Segue is killed without warning, again and again: the queue, its order and its place come back each time."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.config.paths import default_paths
from app.storage.database import Database
from app.storage.queue import QueueStore
from tests.helpers.music import a_music_folder, the_app

ROOT = Path(__file__).resolve().parents[2]
KILLS = 12
# Brings the queue back and edits it without end; says each form before it is written, and again after that.
_PLAYER = """
import json, random, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.config.paths import default_paths
from app.playback.output import ClockOutput
from app.opening import open_database
from app.wiring import Wiring
from app.storage.queue import QueueStore
save, save_position = QueueStore.save, QueueStore.save_position
last = []
def said(store, queue, before):
    ids = [entry.entry_id for entry in queue.entries]
    lane = [entry.entry_id for entry in queue.lane]
    last[:] = [ids, list(queue.order), queue.current_id, queue.position_ms, queue.shuffle, lane]
    print(json.dumps(last), flush=True)
    save(store, queue, before)
    print(json.dumps(last), flush=True)
def said_position(store, position_ms):
    last[3] = position_ms
    print(json.dumps(last), flush=True)
    save_position(store, position_ms)
    print(json.dumps(last), flush=True)
QueueStore.save, QueueStore.save_position = said, said_position
app = QApplication([])
paths, rng = default_paths(Path(sys.argv[1])), random.Random(int(sys.argv[2]))
output = lambda: ClockOutput(clock=lambda: time.monotonic() * 20, buffer_s=0.2)
wiring = Wiring(app, paths, open_database(paths), output)
playback, tracks = wiring.playback, wiring.library.tracks(wiring.library.ids())
def edit():
    match rng.randrange(8):
        case 0: playback.enqueue([rng.choice(tracks)])
        case 1: playback.play_next([rng.choice(tracks)])
        case 2: playback.move(rng.randrange(20), rng.randrange(20))
        case 3: playback.set_shuffle(not playback.shuffle)
        case 4: playback.undo()
        case 5: playback.next()
        case 6: playback.fill_lane(rng.sample(tracks, 3))
        case 7: playback.drop_from_lane([entry.entry_id for entry in playback.lane()[:2]])
    if len(playback.entries()) < 4 or playback.index < 0: playback.play_now(tracks)
playback.set_repeat("all")
playback.set_autoplay(True)
playback.play()
timer = QTimer(interval=40)
timer.timeout.connect(edit)
timer.start()
app.exec()
"""


@pytest.mark.slow
def test_the_queue_comes_back_after_every_kill(qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path) -> None:
    wiring = the_app(qapp, home)
    music = a_music_folder(tmp_path / "music", artists=1, albums=2, tracks=4, seconds=20.0)
    with qtbot.waitSignal(wiring.library.scan_finished, timeout=20_000):
        wiring.library.add_folder(os.fsencode(music))
    wiring.playback.play_now(wiring.library.tracks(wiring.library.ids()))
    qtbot.waitUntil(lambda: len(wiring.playback.entries()) == 8)
    wiring.window.close()
    wiring.close()
    rng, edits = random.Random(11), 0
    for kill in range(KILLS):
        said = _play_until_killed(home, kill, rng.randrange(5, 60))
        edits += len(said) // 2
        _compare(home, said)
    print(f"{KILLS} kills after {edits} writes: the queue came back each time")


def _compare(home: Path, said: list[list[Any]]) -> None:
    """What is kept is the last form that was written, or the one whose writing the kill came into."""
    database = Database(default_paths(home).database, check=True)
    kept = QueueStore(database).load()
    database.close()
    assert kept is not None
    assert (kept.left_out, kept.repeat) == (0, "all")
    ids = [entry.entry_id for entry in kept.entries]
    lane = [entry.entry_id for entry in kept.lane]
    form = [ids, list(kept.order), kept.current_id, kept.position_ms, kept.shuffle, lane]
    assert form in said[-2:]


def _play_until_killed(home: Path, seed: int, after_reports: int) -> list[list[Any]]:
    """What the player said, until it was killed."""
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    player = subprocess.Popen(
        [sys.executable, "-c", _PLAYER, str(home), str(seed)],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
    )
    reports: list[list[Any]] = []
    assert player.stdout is not None
    with player.stdout as said:
        for line in said:
            reports.append(json.loads(line))
            if len(reports) == after_reports:
                os.kill(player.pid, signal.SIGKILL)
                break
        with contextlib.suppress(ValueError):
            reports += [json.loads(line) for line in said]
    assert player.wait(20) == -signal.SIGKILL
    return reports
