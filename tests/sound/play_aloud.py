"""Plays files through the real service and the real sink, then prints what was recorded: ``play_aloud FILE...``.

``PLAY_INTO=clock`` plays without a device, ``PLAY_FOR_S`` so long.
"""

import json
import os
import resource
import sys
from dataclasses import asdict

import psutil
from PySide6.QtCore import QCoreApplication, QTimer

from app.domain.queue import PlaybackState
from app.playback.output import ClockOutput
from app.qt.jobs import Jobs
from app.qt.playback_service import PlaybackService
from tests.helpers.play_log import FakePlayLog
from tests.playback.sounds import a_track


def main(paths: list[str]) -> None:
    """Plays the files to their end and prints plays, troubles and CPU seconds as JSON."""
    app = QCoreApplication(sys.argv)
    jobs = Jobs()
    log = FakePlayLog()
    troubles: list[str] = []

    into = {"output_factory": ClockOutput} if os.environ.get("PLAY_INTO") == "clock" else {}
    service = PlaybackService(jobs, log, **into)
    service.trouble.connect(troubles.append)
    service.output_missing.connect(troubles.append)

    def changed(state: PlaybackState) -> None:
        if state is PlaybackState.STOPPED:
            QTimer.singleShot(300, app.quit)

    service.state_changed.connect(changed)
    service.play_now([a_track(n, os.fsencode(path)) for n, path in enumerate(paths, 1)])
    if (limit_s := float(os.environ.get("PLAY_FOR_S", "0"))) > 0:
        QTimer.singleShot(int(limit_s * 1000), service.stop)
    app.exec()
    child_mb = sum(child.memory_full_info().uss for child in psutil.Process().children()) / 1e6
    service.close()
    jobs.shutdown()
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu_s = round(sum(usage.ru_utime + usage.ru_stime for usage in usages), 3)
    said = {"plays": [asdict(play) for play in log.plays], "troubles": troubles, "cpu_s": cpu_s, "child_mb": child_mb}
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1:])
