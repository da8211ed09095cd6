"""``./segue package``: builds what a listener installs. On Debian a package; elsewhere the program's folder.

./segue package [--out DIR] [--version X.Y.Z] [--program DIR] [--web ADDRESS] [--level 1..22]
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app import __version__
from resources.package import program as programs
from resources.package.associations import inno_script

ROOT = Path(__file__).resolve().parents[2]
_NOWHERE = "https://segue.invalid/"
_LEVEL = 19
"""Of zstd: two minutes of packing for a tenth less to fetch."""


def main() -> int:
    """Builds, and tells where the outcome lies."""
    chosen = _chosen()
    begun = time.monotonic()
    work = ROOT / "build" / "package"
    epoch = _epoch()
    if chosen.program is None:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        built = programs.build(work, epoch)
    else:
        built, work = chosen.program, chosen.program.parents[1]
    if not sys.platform.startswith("linux"):
        return _elsewhere(built, work, chosen)
    if shutil.which("dpkg-shlibdeps") is None:
        sys.stderr.write(f"{built} is built; for a Debian package, please run: apt-get install dpkg-dev binutils\n")
        return 1
    from resources.package.debian import Order, pack, tree
    from resources.package.licences import Licences

    order = Order(chosen.version, epoch, chosen.web, chosen.level)
    licences = Licences(built, programs.modules(work))
    with tempfile.TemporaryDirectory(prefix="segue-package-") as folder:
        tree(built, Path(folder), order, licences)
        package = pack(Path(folder), chosen.out, order)
    size = package.stat().st_size / 1e6
    sys.stdout.write(f"{package} ({size:.1f} MB, in {time.monotonic() - begun:.0f} s)\n")
    return 0


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./segue package", description="Builds what a listener installs.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR", help="where the package goes")
    parser.add_argument("--version", type=_version, default=__version__, help="the package's version")
    parser.add_argument("--program", type=_program, metavar="DIR", help="a program that was built before: build none")
    parser.add_argument("--web", type=_address, default=_NOWHERE, help="where the screenshots' folder lies on the web")
    parser.add_argument("--level", type=int, choices=range(1, 23), default=_LEVEL, metavar="N", help="how hard to pack")
    return parser.parse_args()


def _version(text: str) -> str:
    if not re.fullmatch(r"[0-9][0-9A-Za-z.+~]{0,60}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no version of a package")
    return text


def _address(text: str) -> str:
    if not re.fullmatch(r"https://[^\s<>&\"']+", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no https address")
    return text.rstrip("/") + "/"


def _program(text: str) -> Path:
    folder = Path(text).resolve()
    if not (folder / "segue").is_file():
        raise argparse.ArgumentTypeError(f"there is no program in {text!r}")
    return folder


def _epoch() -> int:
    """The time that all files bear: what builds wants it, else of the last commit, so that two builds are alike."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(asked.stdout) if asked.returncode == 0 and asked.stdout.strip() else int(time.time())


def _elsewhere(built: Path, work: Path, chosen: argparse.Namespace) -> int:
    """Where there are no Debian packages: ``Segue.app`` lies beside the program; Windows has an installer's script."""
    if sys.platform == "darwin":
        built = built.with_name("Segue.app")
    elif sys.platform == "win32":
        script = work / "segue.iss"
        script.write_text(inno_script(chosen.version, built, work / "icons" / "segue.ico"), encoding="utf-8")
        built = script
    sys.stdout.write(f"{built}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
