"""With it off not one socket opens and no code that could open one is read: the whole app, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.params import first

ROOT = Path(__file__).resolve().parents[2]
# Python's own sockets are told by an audit hook, those of libraries below it by what the kernel knows of this process.
_APP = """
import json, os, sys, socket, time
from pathlib import Path
told = []
def hook(event, arguments):
    if event.startswith("socket.") and event != "socket.gethostname":
        family = arguments[1] if event == "socket.__new__" else None
        address = arguments[1] if event in {"socket.connect", "socket.bind", "socket.sendto"} else None
        local = family == socket.AF_UNIX or isinstance(address, (str, bytes))
        if not local: told.append([event, repr(arguments[1:])])
    elif event in {"urllib.Request", "http.client.connect"}:
        told.append([event, repr(arguments)])
sys.addaudithook(hook)
def in_the_kernel():
    files = [Path("/proc/self/fd") / fd for fd in os.listdir("/proc/self/fd")]
    mine = {os.readlink(file) for file in files if file.is_symlink()}
    for kind in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        path = Path("/proc/self/net") / kind
        for line in path.read_text().splitlines()[1:] if path.exists() else ():
            if f"socket:[{line.split()[9]}]" in mine: told.append(["kernel", kind, line])
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.config.paths import default_paths
from app.config import settings as settings_file
from app.playback.output import ClockOutput
from app.opening import open_database
from app.wiring import Wiring
paths = default_paths(Path(sys.argv[1]))
paths.make()
chosen = settings_file.from_values(json.loads(sys.argv[2]))
settings_file.save(paths.settings, chosen)
app = QApplication([])
wiring = Wiring(app, paths, open_database(paths), lambda: ClockOutput(buffer_s=0.2))
wiring.start()
look = QTimer(interval=20)
look.timeout.connect(in_the_kernel)
look.start()
if wiring.library.folders() == []: wiring.library.add_folder(os.fsencode(sys.argv[3]))
for at, do in enumerate([
    wiring.suggestions.refresh_shelves, wiring.sync.sync_if_due, wiring.sync.sync, wiring.window.settings_asked.emit,
    wiring.sync.rollback, wiring.sync.remove, wiring.sync.sync,
]):
    QTimer.singleShot(300 + 300 * at, do)
if sys.argv[4:] == ["--prove"]:
    QTimer.singleShot(400, lambda: socket.socket().close())
QTimer.singleShot(3_500, app.quit)
app.exec()
look.stop()
wiring.close()
reach = ("tuf", "urllib3", "cryptography", "requests", "httpx", "http.client", "securesystemslib")
print(json.dumps({"told": told, "read": [name for name in reach if name in sys.modules]}))
sys.stdout.flush()
os._exit(0)
"""


def the_app_said(home: Path, settings: dict[str, object], music: Path, *more: str) -> dict[str, list[object]]:
    done = subprocess.run(
        [sys.executable, "-c", _APP, str(home), json.dumps(settings), str(music), *more],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, list[object]] = json.loads(done.stdout.splitlines()[-1])
    return said


@pytest.mark.parametrize(
    "settings",
    first(
        [
            {},
            {
                "sync_from": "off",
                "sync_service": "https://models.example",
                "sync_agreed": "service\nx",
                "sync_daily": True,
            },
            {"sync_from": "service", "sync_service": "http://127.0.0.1:9", "sync_daily": True},
            {"sync_from": "listenbrainz", "sync_user": "somebody", "sync_daily": True},
        ]
    ),
    ids=["as it comes", "off with an address", "chosen but not agreed to", "a name but not agreed to"],
)
def test_not_one_socket_opens_and_nothing_that_could_open_one_is_read(
    settings: dict[str, object], tmp_path: Path
) -> None:
    (tmp_path / "music").mkdir()
    assert the_app_said(tmp_path / "home", settings, tmp_path / "music") == {"told": [], "read": []}


def test_the_proof_sees_a_socket(tmp_path: Path) -> None:
    (tmp_path / "music").mkdir()
    said = the_app_said(tmp_path / "home", {}, tmp_path / "music", "--prove")
    assert said["told"]
