"""Makes this Python look like one of another system, as far as its modules go: ``python -m tests.config.other_system``.

What that system has not is taken away once the packages of others are there, which have their own ways; all of ours is
imported after that, and what a start does first is done.
"""

import importlib
import os
import pkgutil
import signal
import sys
import tempfile
import threading
import types
from pathlib import Path

NOT_THERE = {
    "darwin": {
        "os": ["memfd_create", "MFD_CLOEXEC", "sched_setscheduler", "sched_getscheduler", "SCHED_RR", "sched_param"],
        "socket": ["SO_PEERCRED"],
        "resource": ["RLIMIT_RTTIME"],
        "fcntl": ["F_SETPIPE_SZ"],
    },
    "win32": {
        "os": [
            *("memfd_create", "MFD_CLOEXEC", "sched_setscheduler", "sched_getscheduler", "SCHED_RR", "sched_param"),
            *("O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY", "nice", "getsid", "setpriority", "PRIO_PROCESS", "getuid", "fork"),
            *("geteuid", "statvfs", "sysconf", "killpg", "set_blocking", "getpgid", "mkfifo", "sched_getaffinity"),
            *("fchmod", "chown"),
        ],
        "socket": ["AF_UNIX", "SO_PEERCRED"],
        "signal": ["SIGALRM", "alarm", "setitimer", "ITIMER_PROF", "SIGKILL", "SIGHUP", "SIGUSR1", "pthread_sigmask"],
    },
}
_NO_MODULES = {"darwin": [], "win32": ["fcntl", "resource", "pwd", "grp", "termios", "pty"]}
_OF_SERVERS = ("recommender.service", "recommender.training", "recommender.publishing", "app.cli.serve")
"""What the installed program leaves out says so itself, and runs on Linux."""


def become(system: str) -> None:
    """From here on this Python is one of that system."""
    others = "asyncio subprocess selectors tempfile shutil numpy scipy.sparse PySide6.QtWidgets av"
    others += " dbus_fast.aio miniaudio watchfiles mutagen sqlite_utils click psutil platformdirs urllib3 tuf.ngclient"
    for name in others.split():
        importlib.import_module(name)
    for name, missing in NOT_THERE[system].items():
        module = importlib.import_module(name)
        for what in missing:
            delattr(module, what)
    for name in _NO_MODULES[system]:
        sys.modules[name] = None  # type: ignore[assignment]
    sys.platform = system


def import_all() -> int:
    """Imports every module of ours; gives how many there are."""
    names = []
    for top in ("app", "recommender"):
        package = importlib.import_module(top)
        names += [found.name for found in pkgutil.walk_packages(package.__path__, f"{top}.")]
    ours = [name for name in names if not name.startswith(_OF_SERVERS)]
    for name in ours:
        importlib.import_module(name)
    return len(ours)


def start(folder: Path) -> None:
    """What a start calls of the system before there is a window, and the sound's memory."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from app.config.limits import limit_this_process
    from app.config.priority import give_way
    from app.config.running import Request, forward
    from app.playback import ring, urgent
    from app.qt.signals import QuitOnSignals
    from app.sync.models import ModelFolder

    door = folder / "segue.sock"
    door.touch()
    assert not forward(door, Request("raise"))
    give_way(0)
    limit_this_process(1 << 40)
    memory = ring.new_memory()
    one, two = ring.Ring(ring.mapped(memory), 0), ring.Ring(ring.mapped(memory), 0)
    one.gain = 0.25
    assert two.gain == 0.25
    assert not urgent.make_urgent(0)
    if sys.platform == "win32":
        sys.modules["msvcrt"] = types.SimpleNamespace(LK_NBLCK=2, locking=lambda *_: None)  # type: ignore[assignment]
    with ModelFolder(folder / "models").locked():
        pass
    app = QApplication([])
    asked = QuitOnSignals(app, app.quit)
    threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()
    QTimer.singleShot(20_000, app, lambda: app.exit(1))
    assert app.exec() == 0
    asked.close()


if __name__ == "__main__":
    become(sys.argv[1])
    sys.stdout.write(f"{import_all()}\n")
    with tempfile.TemporaryDirectory() as place:
        start(Path(place))
    sys.stdout.flush()
    os._exit(0)
