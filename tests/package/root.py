"""A minimal Debian in a folder, and programs that run in it as if it were the machine's own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LISTENER = "listener"
SHARED = Path("/run/shared")
"""Where the root sees the folder that it shares with the tests."""
_INSIDE = """
mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && mount --bind "$2" "$1/run/shared" || exit 125
root=$1 user=$3; shift 3
exec chroot --userspec="$user" "$root" /usr/bin/env -i "$@"
"""
"""Mounts are this process's own, and end with it: a test that dies leaves none behind."""


@dataclass(frozen=True, slots=True)
class Root:
    """The Debian, and the folder it shares with the tests."""

    folder: Path
    shared: Path

    def command(self, *words: str, user: str = LISTENER) -> list[str]:
        """What runs a program inside, with these variables (``NAME=value`` first) and no others."""
        return ["unshare", "--mount", "sh", "-c", _INSIDE, "sh", str(self.folder), str(self.shared), user, *words]

    def run(self, *words: str, user: str = LISTENER, seconds: float = 60) -> subprocess.CompletedProcess[str]:
        """A program's run to its end."""
        return subprocess.run(
            self.command(*words, user=user), capture_output=True, text=True, timeout=seconds, check=False, env=_PLAIN
        )

    def as_root(self, script: str, seconds: float = 300) -> str:
        """What a script prints that must succeed, run as the machine's administrator."""
        done = self.run(*_ADMINISTRATOR, "sh", "-ec", script, user="root", seconds=seconds)
        assert done.returncode == 0, f"{script}\n{done.stdout[-2_000:]}\n{done.stderr[-2_000:]}"
        return done.stdout

    @contextmanager
    def program(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """A program while it is needed; it is asked to end, and must."""
        with (self.shared / "said").open("ab") as said:
            started = subprocess.Popen(self.command(*words), stdout=said, stderr=said, env=_PLAIN)
        try:
            yield started
        finally:
            started.terminate()
            started.wait(30)

    def install(self, *packages: str) -> None:
        """Installs packages of Debian, or files of the shared folder, with what they depend on and no more."""
        self.as_root(f"apt-get install -qq -y --no-install-recommends {' '.join(packages)} </dev/null 2>&1")

    def names(self) -> set[str]:
        """Every file and folder, but for what belongs to people and what passes."""
        passing = " -o ".join(f"-path /{name}" for name in ("proc", "dev", "home", "run", "tmp"))
        script = f"find / -xdev \\( {passing} \\) -prune -o -print"
        return set(self.as_root(script).splitlines())


_PLAIN = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}
_ADMINISTRATOR = [f"{name}={value}" for name, value in (_PLAIN | {"DEBIAN_FRONTEND": "noninteractive"}).items()]


def made_in(folder: Path) -> Root:
    """Makes a root of this machine's own release, from where this machine has its packages."""
    root = Root(folder / "root", folder / "shared")
    root.shared.mkdir(mode=0o755)
    command = ["debootstrap", "--variant=minbase", _release(), str(root.folder), _source()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=os.environ | _PLAIN)
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-2_000:]
    (root.folder / "run/shared").mkdir()
    _reach_the_packages(root.folder)
    root.as_root(f"apt-get update -qq 2>&1; useradd --create-home {LISTENER}")
    return root


def _release() -> str:
    lines = Path("/etc/os-release").read_text().splitlines()
    (name,) = [line.partition("=")[2] for line in lines if line.startswith("VERSION_CODENAME=")]
    return name


def _source() -> str:
    """The first place that apt takes packages of this release from."""
    asked = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages", f"Codename: {_release()}"]
    found = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    assert found, "this proof needs a machine whose apt knows where its packages come from"
    return found[0]


def _reach_the_packages(root: Path) -> None:
    """Gives the root this machine's ways to the packages: sources, keys, proxies, names of hosts, certificates."""
    (root / "etc/apt/sources.list").unlink(missing_ok=True)
    for name in ("sources.list", "sources.list.d", "trusted.gpg.d", "keyrings", "auth.conf.d"):
        source = Path("/etc/apt", name)
        if source.is_dir():
            shutil.copytree(source, root / "etc/apt" / name, dirs_exist_ok=True)
        elif source.is_file():
            shutil.copy(source, root / "etc/apt" / name)
    for source in (Path("/usr/share/keyrings"), Path("/etc/ssl/certs")):
        if source.is_dir():
            shutil.copytree(source, root / source.relative_to("/"), dirs_exist_ok=True)
    for source in (Path("/etc/hosts"), Path("/etc/resolv.conf")):
        shutil.copy(source, root / source.relative_to("/"))
    known = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True).stdout.splitlines()
    proxies = [line for line in known if line.lower().startswith("acquire::") and "proxy" in line.lower()]
    proxies += [
        f'Acquire::{name.partition("_")[0]}::Proxy "{value}";'
        for name, value in os.environ.items()
        if name in ("http_proxy", "https_proxy") and value
    ]
    ages = [line for line in known if line.startswith(("Acquire::Check-Valid-Until", "Acquire::Check-Date"))]
    (root / "etc/apt/apt.conf.d/99machine").write_text("\n".join([*proxies, *ages, ""]))


def a_package(out: Path, *words: str | Path) -> Path:
    """Builds the package by the command that everybody uses; gives its file."""
    command = [Path(__file__).resolve().parents[2] / "segue", "package", "--out", out, *words]
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONSAFEPATH")}
    done = subprocess.run(
        command, env=environment | {"SEGUE_VENV": sys.prefix}, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-4_000:]
    return Path(done.stdout.rpartition(" (")[0].splitlines()[-1])


def words_for(variables: dict[str, str]) -> Sequence[str]:
    """Variables as :meth:`Root.command` takes them."""
    return [f"{name}={value}" for name, value in variables.items()]
