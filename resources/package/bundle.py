"""What goes into the installed program and what stays out: read by ``segue.spec``, and by tests."""

import importlib.util
import sys
from pathlib import Path, PurePosixPath

from app.config.child import CHILDREN

RESOURCES = ("desktop", "icons", "migrations", "plugins", "translations")
"""Folders of ``resources`` that the program reads."""
FILES = ("lock/system.txt",)

LOADED_BY_NAME = [*CHILDREN, "_cffi_backend", "safetensors.numpy", "sparse_dot_topn", "threadpoolctl"]
"""Modules that the code asks for by their names, which PyInstaller cannot see."""
WHOLE = ("app", "recommender", "mutagen")
"""Packages that load their modules by name: all of each."""

READ_AS_FILES = {
    "qtawesome": ("__init__.py", "fonts/remixicon-2.5.0.ttf", "fonts/remixicon-charmap-2.5.0.json"),
    "pypinyin": ("__init__.py", "phrases_dict.json", "pinyin_dict.json"),
}
"""Packages of which the code reads some files and imports nothing."""

_SCIPY = (
    *("cluster", "constants", "datasets", "differentiate", "fft", "fftpack", "integrate", "interpolate", "io", "misc"),
    *("ndimage", "odr", "optimize", "signal", "spatial", "special", "stats"),
)
OTHER_EXTRAS = ("pyarrow", "pyspark", "fastapi", "starlette", "uvicorn", "pydantic", "cryptography")
"""What training, publishing and serving need: those commands say so."""
LEFT_OUT = [
    *READ_AS_FILES,
    *OTHER_EXTRAS,
    *(f"scipy.{name}" for name in _SCIPY),
    *("setuptools", "pkg_resources", "distutils", "_distutils_hack", "pip", "cffi", "pycparser", "qtpy"),
    *("tkinter", "curses", "readline", "lib2to3", "pydoc_data", "ensurepip", "pytest"),
    *("PySide6.QtNetwork", "PySide6.QtOpenGL"),
]
"""What something bundled could import and Segue never makes it import."""

_PLUGINS = {
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qcocoa", "qwindows"},
    "platformthemes": None,
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "imageformats": {"qgif", "qico", "qjpeg", "qsvg", "qtiff", "qwebp"},
    "iconengines": None,
    "styles": None,
    "xcbglintegrations": None,
    "wayland-decoration-client": None,
    "wayland-graphics-integration-client": None,
    "wayland-shell-integration": {"xdg-shell", "qt-shell"},
}
"""Qt's plugins by folder: those that are kept, all where there is no list."""
_TRANSLATIONS = {"qtbase_zh_CN"}
_UNUSED_QT = (
    "EglFSDeviceIntegration",
    "EglFsKmsSupport",
    "WlShellIntegration",
    "Pdf",
    "Qml",
    "Quick",
    "VirtualKeyboard",
)

_UNUSED_HOOKS = ("pyi_rth_inspect", "pyi_rth_multiprocessing", "pyi_rth_pkgutil")
"""What PyInstaller would run before anything of ours, for uses that Segue makes none of."""
_LINUX_HOOKS = ("pyi_rth_pyside6",)
"""It reads Qt, in the children and a second start too, to tell it a folder that Qt for Python finds by itself here."""


def data(root: Path) -> list[tuple[str, str]]:
    """Files that are read and not imported: (where each is, the folder it goes to)."""
    ours = [(str(root / "resources" / name), f"app/_resources/{name}") for name in RESOURCES]
    ours += [(str(root / "resources" / name), f"app/_resources/{PurePosixPath(name).parent}") for name in FILES]
    for package, names in READ_AS_FILES.items():
        found = importlib.util.find_spec(package)
        if found is None or not found.submodule_search_locations:
            raise ModuleNotFoundError(package)
        folder = Path(found.submodule_search_locations[0])
        ours += [(str(folder / name), str(PurePosixPath(package, name).parent)) for name in names]
    return ours


def keeps(goes_to: str, comes_from: str) -> bool:
    """False for what nobody would miss: a library of the system, a plugin or a translation of Qt that is not used."""
    path = PurePosixPath(goes_to.replace("\\", "/"))
    name = path.name.removeprefix("lib")
    if len(path.parts) == 1 and sys.platform.startswith("linux") and _is_of_the_system(comes_from, path.name):
        return False
    if any(name.startswith((f"Qt6{module}.", f"Qt{module}.")) for module in _UNUSED_QT):
        return False
    if "plugins" in path.parts:
        kept = _PLUGINS.get(path.parent.name, set())
        return kept is None or name.partition(".")[0] in kept
    if path.suffix == ".qm" and "PySide6" in path.parts:
        return path.stem in _TRANSLATIONS
    return not path.name.endswith((".pyi", "py.typed"))


def runs(script: str, platform: str = sys.platform) -> bool:
    """False for what would only make every start slower."""
    return script not in _UNUSED_HOOKS and not (platform.startswith("linux") and script in _LINUX_HOOKS)


def _is_of_the_system(comes_from: str, name: str) -> bool:
    """A library that a package of the distribution brings, and keeps safe: the .deb names that package instead.

    Not Python's own, whose version is ours to choose.
    """
    return comes_from.startswith(("/lib", "/usr/lib")) and not name.startswith("libpython")
