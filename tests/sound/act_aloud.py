"""Plays files and does things to them at given times: ``act_aloud RECORDING FILE... -- [[SECONDS, NAME, ...], ...]``.

Seconds count from the press of play. Prints what stood in the recording at each act, in frames, and the plays, as JSON.
"""

import json
import os
import sys
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from app.qt.jobs import Jobs
from app.qt.playback_service import PlaybackService
from tests.helpers.play_log import FakePlayLog
from tests.playback.sounds import a_track

_FRAME_BYTES = 8


def main(recording: str, files: list[str], acts: list[list[Any]]) -> None:
    """Presses play a second after the start, then does the acts; ``end`` is the last of them."""
    app = QCoreApplication(sys.argv)
    jobs = Jobs()
    log = FakePlayLog()
    told: dict[str, list[Any]] = {"marks": [], "troubles": [], "states": []}

    service = PlaybackService(jobs, log)
    service.trouble.connect(told["troubles"].append)
    service.state_changed.connect(lambda state: told["states"].append(state.value))

    def mark(name: str) -> None:
        told["marks"].append([name, os.stat(recording).st_size // _FRAME_BYTES, service.position_ms])

    def do(name: str, arguments: list[Any]) -> None:
        mark(name)
        if name == "end":
            app.quit()
        else:
            getattr(service, name)(*arguments)

    def press() -> None:
        mark("press")
        service.play_now([a_track(n, os.fsencode(path)) for n, path in enumerate(files, 1)])
        for at_s, name, *arguments in acts:
            # A coarse timer of more than two seconds waits for the next full second, to do several things at once.
            due = QTimer(app, singleShot=True, timerType=Qt.TimerType.PreciseTimer, interval=int(at_s * 1000))
            due.timeout.connect(lambda one=name, more=arguments: do(one, more))
            due.start()

    QTimer.singleShot(1_500, press)
    app.exec()
    service.close()
    jobs.shutdown()
    print(json.dumps(told | {"plays": [[play.track_id, play.ended_by.value, play.played_ms] for play in log.plays]}))


if __name__ == "__main__":
    at = sys.argv.index("--")
    main(sys.argv[1], sys.argv[2:at], json.loads(sys.argv[at + 1]))
