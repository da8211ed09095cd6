"""How long a start takes before the app has its turn, and the terminal's smallest answer."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import Measurement, typical_ms

ROOT = Path(__file__).resolve().parents[2]


def measure(*, quick: bool) -> Iterator[Measurement]:
    """Times the script with a Python that does nothing, and ``--help`` with the real one."""
    times = 5 if quick else 25
    with tempfile.TemporaryDirectory() as folder:
        venv = Path(folder)
        (venv / "bin").mkdir()
        (venv / "bin" / "python").symlink_to("/bin/true")
        shutil.copy(ROOT / "resources/lock/run.txt", venv / "segue-run.lock")
        environ = os.environ | {"SEGUE_VENV": folder}
        overhead = typical_ms(lambda: subprocess.run([ROOT / "segue"], env=environ, check=True), times)
    yield Measurement("./segue, second start: added before the app", overhead, "ms", "promised: under 100")
    helped = typical_ms(
        lambda: subprocess.run([sys.executable, "-m", "app", "--help"], cwd=ROOT, capture_output=True, check=True),
        times,
    )
    yield Measurement("segue --help", helped, "ms")
