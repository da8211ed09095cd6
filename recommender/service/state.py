"""The model that answers, and its exchange when a newer one is published.

A request takes the model once, at its start: it is answered by one model whole, old or new. The old one goes when the
last request that holds it is done.
"""

import asyncio
import gc
import json
import logging
from dataclasses import dataclass

from recommender.files.community_manifest import ModelManifest
from recommender.files.errors import ModelFileError
from recommender.service.answering import Answering
from recommender.service.source import Source

LOOK_S = 1.0
log = logging.getLogger("segue.service")


@dataclass(frozen=True, slots=True)
class Current:
    """What answers now."""

    manifest: ModelManifest
    answering: Answering


def loaded(source: Source) -> Current:
    """Reads the newest model.

    Raises:
        ModelFileError: there is none that can be used.
    """
    manifest = source.manifest()
    return Current(manifest, Answering(manifest.id, source.read(manifest)))


class State:
    """Of one worker."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._stamp = source.stamp()
        self.current = loaded(source)
        gc.collect()
        gc.freeze()  # a model is long-lived: no collection walks through it again

    async def watch(self) -> None:
        """Looks for a newer model, for as long as the service runs."""
        while True:
            await asyncio.sleep(LOOK_S)
            await self.look()

    async def look(self) -> bool:
        """Exchanges the model if there is another; whether there was. One that cannot be used changes nothing."""
        stamp = self._source.stamp()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            manifest = await asyncio.to_thread(self._source.manifest)
            if manifest.id == self.current.manifest.id:
                return False
            self.current = await asyncio.to_thread(loaded, self._source)
        except ModelFileError as error:
            log.warning(json.dumps({"trouble": str(error)}))
            return False
        log.info(json.dumps({"model": self.current.manifest.id[:16]}))
        return True
