"""``segue companion --headless``: without a window, one at a time, until it is asked to end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import __main__ as door
from app.config.paths import default_paths


def test_it_runs_without_a_display_or_a_bus_alone_and_ends_when_it_is_asked_to(
    home: Path,
) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    environment |= {"SEGUE_HOME": str(home), "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"}
    command = [sys.executable, "-m", "app", "companion", "--headless"]
    with subprocess.Popen(command, env=environment) as companion:
        try:
            lock = default_paths(home).runtime / "companion.lock"
            end = time.monotonic() + 60
            while not (lock.exists() and default_paths(home).database.exists()):
                assert time.monotonic() < end and companion.poll() is None
                time.sleep(0.05)
            second = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
            assert (second.returncode, second.stderr) == (2, "segue: The companion is already running.\n")
        finally:
            companion.send_signal(signal.SIGTERM)
        assert companion.wait(30) == 0


def test_it_does_not_go_together_with_other_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert door.main(["companion", "--headless", "--install", "quodlibet"]) != 0
    assert "Usage" in capsys.readouterr().err
