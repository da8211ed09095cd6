"""The providers by name. The code of one is read when it is used: without one, no code that reaches a network."""

from importlib import import_module

from app.domain.errors import SyncFailed
from app.domain.words import say
from app.sync.providers.base import Given, Provider

PROVIDERS: dict[str, str] = {
    "folder": "app.sync.providers.folder:folder_provider",
    "service": "app.sync.providers.service:ServiceProvider",
    "listenbrainz": "app.sync.providers.listenbrainz:ListenBrainzProvider",
}


def provider(given: Given) -> Provider:
    """The provider of an origin.

    Raises:
        SyncFailed: there is none, or what the listener wrote is no place for it.
    """
    if not given.origin.on or given.origin.source not in PROVIDERS:
        raise SyncFailed(say("Models from elsewhere are off."))
    module, name = PROVIDERS[given.origin.source].split(":")
    made: Provider = getattr(import_module(module), name)(given)
    return made
