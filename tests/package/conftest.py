"""One package and one Debian for all proofs of a run."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.package.desktop import Desktop, a_desktop
from tests.package.root import Root, a_package, made_in

PROGRAMS = ("debootstrap", "dpkg-shlibdeps", "unshare", "Xvfb", "dbus-daemon", "pulseaudio", "playerctl", "xdotool")


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is now. Packed lightly: how small it gets is a benchmark's business."""
    return a_package(tmp_path_factory.mktemp("packages"), "--level", "1")


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Root]:
    """A Debian with nothing in it."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    assert not missing, f"this proof needs {missing}"
    assert os.getuid() == 0, "this proof needs to be root"
    folder = tmp_path_factory.mktemp("debian")
    yield made_in(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def desktop(root: Root) -> Iterator[Desktop]:
    """A session for programs in the root. It ends with the proofs: the sound server of others must be the only one."""
    with a_desktop(root.shared) as desktop:
        yield desktop
