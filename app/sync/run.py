"""One sync: what is the newest model, fetch it, check it whole, put it in the place of the one in use.

On any trouble the model in use stays, and the trouble is one sentence.
"""

import errno
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from app.domain.errors import SegueError, SyncFailed
from app.domain.sync import InstalledModel, LastSync, ModelId, Models, Origin, SyncProgress, SyncReport
from app.domain.words import plural, say
from app.sync.models import ModelFolder
from app.sync.providers.base import Cancelled, Given, Moved, Offer, Provider, Stopped
from app.sync.providers.registry import provider
from app.sync.trouble import told
from recommender.files.errors import ModelFileError
from recommender.remote import errors as remote

MOST_BYTES: Final = 1 << 30
"""A larger model is not fetched."""
_FULL: Final = {errno.ENOSPC, errno.EDQUOT}
_SPARE_BYTES: Final = 64 << 20
"""So much of the disk stays free."""


def sync(
    folder: ModelFolder, given: Given, now_ms: Callable[[], int], moved: Moved, cancelled: Cancelled
) -> SyncReport:
    """Syncs once and remembers how it ended. It raises nothing that is known trouble."""
    report = _tried(folder, given, now_ms, moved, cancelled)
    if not cancelled():
        try:
            now = now_ms()
            again_ms = now + report.again_s * 1000 if report.again_s else 0
            folder.keep_last(LastSync(now, report.sentence, report.failed, given.origin.agreement, again_ms))
        except OSError as error:
            return report if report.failed else SyncReport(_said(error), report.changed, failed=True)
    return report


def _tried(
    folder: ModelFolder, given: Given, now_ms: Callable[[], int], moved: Moved, cancelled: Cancelled
) -> SyncReport:
    try:
        with folder.locked():
            moved(SyncProgress(0, 0))
            with closing(provider(given)) as source:
                return _synced(folder, source, given.origin, now_ms, moved, cancelled)
    except (Stopped, remote.Stopped):
        return SyncReport(say("The sync was stopped; it goes on from there next time."))
    except SegueError as error:
        return SyncReport(_with_old(folder, str(error)), failed=True)
    except (ModelFileError, remote.RemoteError) as error:
        again_s = error.after_s if isinstance(error, remote.TryLater) else 0
        return SyncReport(_with_old(folder, told(error)), failed=True, again_s=again_s)
    except OSError as error:
        if error.errno in _FULL:
            shutil.rmtree(folder.incoming, ignore_errors=True)  # others need the room
        return SyncReport(_with_old(folder, _said(error)), failed=True)
    except MemoryError:
        return SyncReport(_with_old(folder, say("There is too little memory for this model.")), failed=True)


def _synced(
    folder: ModelFolder, source: Provider, origin: Origin, now_ms: Callable[[], int], moved: Moved, cancelled: Cancelled
) -> SyncReport:
    offer = source.latest()
    models = folder.models()
    if models.current is not None and models.current.id == offer.id:
        return SyncReport(say("The newest model is in use already."))
    if models.left == offer.id:
        return SyncReport(say("There is no newer model than the one you went back from."))
    if cancelled():
        raise Stopped
    _make_room(folder, offer)
    found = source.fetch(offer, folder.incoming, moved, cancelled)
    try:
        model = _checked(found, offer, origin, now_ms())
    except ModelFileError:
        shutil.rmtree(folder.incoming, ignore_errors=True)  # nothing of it is gone on with
        raise
    if cancelled():
        raise Stopped
    folder.install(found, model)
    shutil.rmtree(folder.incoming, ignore_errors=True)
    return SyncReport(_came(model), changed=True)


def _make_room(folder: ModelFolder, offer: Offer) -> None:
    if offer.size_bytes > MOST_BYTES:
        raise SyncFailed(say("The model is too large ({} MB).", offer.size_bytes // 1_000_000))
    folder.incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
    if shutil.disk_usage(folder.folder).free < offer.size_bytes + _SPARE_BYTES:
        raise OSError(errno.ENOSPC, "no room")


def _checked(found: Path, offer: Offer, origin: Origin, now_ms: int) -> InstalledModel:
    """Reads the whole model as it will be read when it is used: what passes here can be used."""
    from recommender.files.community_files import read_model, read_model_manifest

    manifest = read_model_manifest(found / "model.json")
    if manifest.id != offer.id and not offer.in_pieces:
        raise ModelFileError(say("The model that came is not the one that was offered."))
    keyed = read_model(found)
    about = keyed.about
    return InstalledModel(
        id=ModelId(offer.id),
        source=origin.source,
        place=origin.place,
        installed_ms=now_ms,
        created_s=about.created,
        n_recordings=len(keyed.keys),
        n_listeners=about.n_listeners,
        words=about.words,
        size_bytes=manifest.size_bytes,
        signed_by=offer.signed_by,
    )


def rollback(folder: ModelFolder) -> Models:
    """Goes back to the model before.

    Raises:
        SyncFailed: there is none, a sync is going on, or the folder cannot be written.
    """
    try:
        with folder.locked():
            return folder.rollback()
    except OSError as error:
        raise SyncFailed(_said(error)) from error


def remove(folder: ModelFolder) -> None:
    """Models of others are used no more, and none is kept.

    Raises:
        SyncFailed: a sync is going on, or the folder cannot be written.
    """
    try:
        with folder.locked():
            folder.remove()
    except OSError as error:
        raise SyncFailed(_said(error)) from error


def _came(model: InstalledModel) -> str:
    if not model.n_listeners:
        return say("A new model is in use: {}.", plural(model.n_recordings, "recording"))
    return say(
        "A new model is in use: {recordings} of {listeners}.",
        recordings=plural(model.n_recordings, "recording"),
        listeners=plural(model.n_listeners, "listener"),
    )


def _with_old(folder: ModelFolder, sentence: str) -> str:
    """The trouble, and that nothing was lost by it."""
    if folder.models().current is None or say("the model here stays.") in sentence:
        return sentence
    return say("{} The model you have stays in use.", sentence)


def _said(error: OSError) -> str:
    if error.errno in _FULL:
        return say("The disk is full; make some room for the model.")
    return say("The model cannot be kept ({}).", error.strerror or error)
