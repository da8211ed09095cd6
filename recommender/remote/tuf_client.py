"""python-tuf's client over our own HTTP, its errors as sentences. Imported when a repository is asked, never before."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tuf.api import exceptions
from tuf.api.serialization import DeserializationError
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from recommender.remote import protocol
from recommender.remote.errors import BadAnswer, NotKept, RemoteError, Untrusted
from recommender.remote.http import Web, checked

MOST_TARGETS_BYTES = 5_000_000
WHY = "what is newest, and who signed it"


class _Fetcher(FetcherInterface):
    """Metadata through ``Web``: its rules, its limits, its log."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def _fetch(self, url: str) -> Iterator[bytes]:
        raise NotImplementedError  # ``fetch`` is ours: what it raises must not be wrapped

    def fetch(self, url: str) -> Iterator[bytes]:
        """The bytes, as they come. A file that does not exist is what TUF asks for to find out what is newest."""
        with self._web.stream("GET", url, WHY) as stream:
            if stream.status in (403, 404):
                raise exceptions.DownloadHTTPError("not there", 404)
            yield from checked(stream).chunks()


def refreshed(web: Web, base: str, root: bytes, folder: Path) -> Updater:
    """An updater that knows what is newest.

    Raises:
        RemoteError: it cannot be had, or it is not to be trusted.
    """
    url = f"{base.rstrip('/')}/{protocol.METADATA}/"
    with translated():
        folder.mkdir(parents=True, exist_ok=True)
        updater = Updater(
            str(folder),
            url,
            fetcher=_Fetcher(web),
            config=UpdaterConfig(max_delegations=0, targets_max_length=MOST_TARGETS_BYTES),
            bootstrap=root,
        )
        updater.refresh()
    return updater


@contextmanager
def translated() -> Iterator[None]:
    """Errors of TUF and of the disk as ours."""
    try:
        yield
    except RemoteError:
        raise
    except exceptions.ExpiredMetadataError as error:
        raise Untrusted(
            "The repository has not said for too long what is newest; the model here stays. "
            "Is this machine's date right?"
        ) from error
    except exceptions.BadVersionNumberError as error:
        raise Untrusted("The server shows an older state than before; the model here stays.") from error
    except (exceptions.RepositoryError, DeserializationError, ValueError) as error:
        raise Untrusted("What the server shows is not signed by whom it should be; the model here stays.") from error
    except exceptions.DownloadLengthMismatchError as error:
        raise BadAnswer("The server sends more than was asked for.") from error
    except exceptions.DownloadHTTPError as error:
        raise BadAnswer("There is no repository of models at this address.", error.status_code) from error
    except OSError as error:
        raise NotKept(f"What was seen cannot be kept: {error.strerror or error}.") from error
