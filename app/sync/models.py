"""Models on this machine: the one in use and the one before it, and which is which, told by one small file.

A model is a folder named by the digest of its manifest. ``current`` names the one in use; it is replaced in one step
after the folder is on the disk whole, so that a kill at any moment leaves the old model or the new one in use.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from app.config.only_one import take
from app.domain.errors import SyncFailed
from app.domain.sync import InstalledModel, LastSync, ModelId, Models
from app.domain.words import say
from recommender.files.whole import write_whole

_DIGITS: Final = frozenset("0123456789abcdef")
_MOST_BYTES: Final = 1 << 16
_NAME_CHARS: Final = 32
INCOMING, TRUST = "incoming", "trust"
_KEPT: Final = {INCOMING, TRUST}


class ModelFolder:
    """The folder of models. Two programs may look into it; one at a time changes it (:meth:`locked`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def incoming(self) -> Path:
        """Where a model is put together; what a broken-off download left there is gone on with."""
        return self.folder / INCOMING

    @property
    def trust(self) -> Path:
        """What is remembered of those who sign models."""
        return self.folder / TRUST

    def path_of(self, model: InstalledModel) -> Path:
        """Where the files of a model are."""
        return self.folder / model.id[:_NAME_CHARS]

    def models(self) -> Models:
        """What ``current`` tells and what is there: a model whose folder is gone gives its place to the other."""
        said = _read(self.folder / "current")
        found = [model for name in ("current", "previous") if (model := _model(said.get(name))) is not None]
        there = [model for model in found if (self.path_of(model) / "model.json").is_file()]
        left = said.get("left")
        current, previous = (*there, None, None)[:2]
        return Models(current, previous, left if isinstance(left, str) else "")

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """One sync at a time, in the window or the terminal; a process that ends lets go.

        Raises:
            SyncFailed: another one is at it.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "lock").open("wb") as file:
            try:
                take(file)
            except OSError as error:
                raise SyncFailed(say("Another sync is going on.")) from error
            yield

    def install(self, folder: Path, model: InstalledModel) -> Models:
        """Moves a checked folder in, and uses it from now on. The one in use becomes the one before it.

        Raises:
            OSError: there is no room, or the folder cannot be written; the model in use stays.
        """
        before, target = self.models(), self.path_of(model)
        for file in folder.iterdir():
            _to_disk(file)
        _to_disk(folder)
        if before.current is not None and before.current.id == model.id:
            shutil.rmtree(folder)
        else:
            if target.exists():
                shutil.rmtree(target)
            folder.rename(target)
            _to_disk(self.folder)
        previous = before.current if before.current is None or before.current.id != model.id else before.previous
        return self._use(Models(model, previous))

    def rollback(self) -> Models:
        """The model before the one in use is used again, and the other way round.

        Raises:
            SyncFailed: there is none.
        """
        models = self.models()
        if models.previous is None:
            raise SyncFailed(say("There is no earlier model to go back to."))
        left = models.current.id if models.current is not None else ""
        return self._use(Models(models.previous, models.current, left))

    def remove(self) -> None:
        """No model is used any more, and none is kept."""
        (self.folder / "current").unlink(missing_ok=True)
        self._prune(Models())
        shutil.rmtree(self.incoming, ignore_errors=True)

    def last(self) -> LastSync:
        """How the last sync ended."""
        said = _read(self.folder / "last")
        fits = {name: said[name] for name, kind in _LAST.items() if type(said.get(name)) is kind}
        return LastSync(**fits)

    def keep_last(self, last: LastSync) -> None:
        """Remembers how a sync ended.

        Raises:
            OSError: the folder cannot be written.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(self.folder / "last", asdict(last))

    def _use(self, models: Models) -> Models:
        _write(self.folder / "current", asdict(models))
        self._prune(models)
        return models

    def _prune(self, models: Models) -> None:
        used = {self.path_of(each).name for each in (models.current, models.previous) if each is not None}
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.is_dir() and path.name not in used | _KEPT:
                shutil.rmtree(path, ignore_errors=True)  # what is in the way is tried again next time
            elif path.name.startswith("."):
                path.unlink(missing_ok=True)


_LAST: Final[dict[str, type]] = {"at_ms": int, "sentence": str, "failed": bool, "origin": str, "again_ms": int}
_FIELDS: Final[dict[str, Callable[[Any], bool]]] = {
    "id": lambda value: isinstance(value, str) and len(value) == 64 and set(value) <= _DIGITS,
    "source": lambda value: value in {"folder", "service", "listenbrainz"},
    **dict.fromkeys(("place", "words", "signed_by"), lambda value: isinstance(value, str)),
    **dict.fromkeys(
        ("installed_ms", "created_s", "n_recordings", "n_listeners", "size_bytes"),
        lambda value: type(value) is int and value >= 0,
    ),
}


def _model(said: Any) -> InstalledModel | None:
    """A model as ``current`` tells of it; none where anything about it is odd."""
    if isinstance(said, dict):
        said = {"signed_by": "", **said}
    if not isinstance(said, dict) or not all(good(said.get(name)) for name, good in _FIELDS.items()):
        return None
    model = InstalledModel(**{name: said[name] for name in _FIELDS})
    return replace(model, id=ModelId(model.id))


def _read(path: Path) -> dict[str, Any]:
    """A small file of JSON; nothing where it is missing or damaged."""
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, values: dict[str, Any]) -> None:
    """Whole or not at all, and on the disk before it is there."""
    write_whole(path, json.dumps(values).encode())
    _to_disk(path.parent)


def _to_disk(path: Path) -> None:
    """What was written to a file or a folder is on the disk; Windows opens no folder, and sees to it by itself."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
