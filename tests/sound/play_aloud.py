"""Plays files through the real service and the real sink, then prints what was recorded: ``play_aloud FILE...``."""

import json
import os
import resource
import sys
from dataclasses import asdict, replace

from PySide6.QtCore import QCoreApplication, QTimer

from app.domain.ids import PlayId
from app.domain.play import Play
from app.domain.queue import PlaybackState
from app.qt.jobs import Jobs
from app.qt.playback_service import PlaybackService
from tests.playback.sounds import a_track


def main(paths: list[str]) -> None:
    """Plays the files to their end and prints plays, troubles and CPU seconds as JSON."""
    app = QCoreApplication(sys.argv)
    jobs = Jobs()
    plays: list[Play] = []
    troubles: list[str] = []

    def record(play: Play) -> Play:
        plays.append(replace(play, id=PlayId(len(plays) + 1)))
        return plays[-1]

    service = PlaybackService(jobs, record, lambda _: None)
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
    service.close()
    jobs.shutdown()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu_s = round(usage.ru_utime + usage.ru_stime, 3)
    print(json.dumps({"plays": [asdict(play) for play in plays], "troubles": troubles, "cpu_s": cpu_s}))


if __name__ == "__main__":
    main(sys.argv[1:])
