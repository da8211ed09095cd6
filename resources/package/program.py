"""The installed program: PyInstaller's folder with our Python, our packages and Qt in it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from resources.package.icons import pack_for_others

SPEC = Path(__file__).with_name("segue.spec")
MODULES = "modules.json"


def build(work: Path, epoch: int) -> Path:
    """Builds the program below ``work``; gives its folder.

    Raises:
        subprocess.CalledProcessError: PyInstaller gave up; the end of its log was printed.
    """
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    folders = ["--distpath", str(work / "program"), "--workpath", str(work / "pyinstaller")]
    pack_for_others(work / "icons")
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
        "PYINSTALLER_CONFIG_DIR": str(work / "cache"),
        "SEGUE_MODULES": str(work / MODULES),
        "SEGUE_ICONS": str(work / "icons"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    done = subprocess.run([*command, *folders, str(SPEC)], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stderr[-4_000:])
        done.check_returncode()
    program = work / "program" / "segue"
    for file in libraries(program):  # of Linux alone
        _drop_debug_symbols(file)
    return program


def modules(work: Path) -> list[str]:
    """The names of the Python modules inside."""
    found: list[str] = json.loads((work / MODULES).read_text())
    return found


def libraries(folder: Path) -> Iterator[Path]:
    """Every native program and library below a folder, links left out."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as opened:
                if opened.read(4) == b"\x7fELF":
                    yield file


def _drop_debug_symbols(file: Path) -> None:
    """What a debugger alone reads goes, a tenth of the whole; a library that has none of it is left as it came."""
    if shutil.which("strip") is None:
        raise FileNotFoundError("strip is needed: apt-get install binutils")
    sections = subprocess.run(
        ["readelf", "--wide", "--sections", str(file)], capture_output=True, text=True, check=True
    )
    if ".debug_info" in sections.stdout:
        subprocess.run(["strip", "--strip-debug", "--preserve-dates", str(file)], check=True)
