"""The Debian package: the program's folder, what the desktop reads, and what dpkg needs to know."""

import gzip
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path

from app.cli.menu_entries import pieces
from resources.package.licences import Licences
from resources.package.program import libraries

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Path(__file__).with_name("texts")
HOME = Path("usr", "lib", "segue")
_OPTIONAL = {"libqgtk3.so": "libgtk-3-0"}
"""Libraries that are used where their package is there anyway."""
_ALSA = "libasound2"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built."""

    version: str
    epoch: int
    web: str
    level: int


def tree(program: Path, folder: Path, order: Order, licences: Licences) -> None:
    """Lays out everything that the package holds below ``folder``, its own papers too."""
    shutil.copytree(program, folder / HOME, symlinks=True)
    (folder / "usr/bin").mkdir(parents=True)
    (folder / "usr/bin/segue").symlink_to(Path("..", "lib", "segue", "segue"))
    for piece in pieces(["/usr/bin/segue"], ROOT / "resources"):
        _write(folder / "usr/share" / piece.goes_to, piece.content)
    for file in sorted((ROOT / "resources/desktop").glob("*.metainfo.xml")):
        text = file.read_text(encoding="utf-8").replace("https://segue.invalid/", order.web)
        _write(folder / "usr/share/metainfo" / file.name, text.encode())
    _documents(folder / "usr/share", order, licences)
    _papers(folder, order)
    _set_modes(folder, order.epoch)


def pack(folder: Path, out: Path, order: Order) -> Path:
    """Packs a tree; gives the package."""
    package = out / f"segue_{order.version}_{architecture()}.deb"
    out.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{order.level}", "--build", str(folder), str(package)],
        env=os.environ | {"SOURCE_DATE_EPOCH": str(order.epoch)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return package


def architecture() -> str:
    """Debian's name of this machine's kind."""
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def depends(folder: Path) -> list[str]:
    """The packages that hold the libraries that the program is linked with, and that it looks for when it runs."""
    linked = _linked_with(folder, [file for file in libraries(folder / HOME) if file.name not in _OPTIONAL])
    listing = (ROOT / "resources/lock/system.txt").read_text(encoding="utf-8").splitlines()
    looked_for = [line.split()[2] for line in listing if line and not line.startswith("#")]
    named = {re.split(r"[ |(]", each)[0] for each in linked}
    return sorted(linked + [name for name in dict.fromkeys(looked_for) if name not in named])


def _linked_with(folder: Path, files: Sequence[Path]) -> list[str]:
    """What dpkg-shlibdeps finds: with the least versions that have the functions which are called."""
    (folder / "debian").mkdir()
    (folder / "debian/control").write_text("Source: segue\n\nPackage: segue\nArchitecture: any\n")
    own = sorted({str(file.parent) for file in libraries(folder / HOME)})
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", *(f"-l{each}" for each in own)]
    command += [f"-e{file}" for file in files]
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if found.returncode:
        raise RuntimeError(found.stderr)
    shutil.rmtree(folder / "debian")
    (line,) = [line for line in found.stdout.splitlines() if line.startswith("shlibs:Depends=")]
    return line.removeprefix("shlibs:Depends=").split(", ")


def _documents(share: Path, order: Order, licences: Licences) -> None:
    from resources.package.manual import manual

    papers = share / "doc" / "segue"
    _write(share / "man/man1/segue.1.gz", _packed(manual(order.version, order.epoch).encode()))
    changes = (TEXTS / "changelog").read_text(encoding="utf-8")
    _write(papers / "changelog.gz", _packed(changes.format(version=order.version, date=_date(order.epoch)).encode()))
    _write(papers / "NEWS.gz", _packed((ROOT / "CHANGELOG.md").read_bytes()))
    _write(papers / "copyright", (TEXTS / "copyright").read_bytes())
    _write(papers / "licences.txt.gz", _packed(licences.listing().encode()))
    for name, text in licences.texts():
        _write(papers / "licences" / f"{name}.gz", _packed(text))


def _papers(folder: Path, order: Order) -> None:
    """``DEBIAN/control``. Icons, the menu and the manual are taken up by triggers of other packages: no scripts."""
    size_kib = sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir()) // 1024
    fields = {
        "version": order.version,
        "architecture": architecture(),
        "depends": ", ".join(depends(folder)),
        "recommends": ", ".join([_ALSA, "ca-certificates", "hicolor-icon-theme", "shared-mime-info", "xdg-utils"]),
        "suggests": ", ".join(_OPTIONAL.values()),
        "size": size_kib,
    }
    _write(folder / "DEBIAN/control", (TEXTS / "control").read_text(encoding="utf-8").format(**fields).encode())
    files = sorted(file for file in (folder / "usr").rglob("*") if file.is_file() and not file.is_symlink())
    sums = [f"{_md5(file)}  {file.relative_to(folder)}\n" for file in files]
    _write(folder / "DEBIAN/md5sums", "".join(sums).encode())


def _md5(file: Path) -> str:
    """What ``dpkg --verify`` compares with: it knows no better digest."""
    return md5(file.read_bytes(), usedforsecurity=False).hexdigest()


def _set_modes(folder: Path, epoch: int) -> None:
    """Nobody but root may write, whatever the mask of who builds; one time for all."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if not path.is_symlink():
            runs = path.is_dir() or path == folder / HOME / "segue"
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)
    folder.chmod(0o755)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def _date(epoch: int) -> str:
    from email.utils import formatdate

    return formatdate(epoch)
