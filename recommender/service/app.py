"""The service as an ASGI application: ``created(Settings)``."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from recommender.blas import one_thread
from recommender.remote import protocol
from recommender.service import asking, giving
from recommender.service.files import RepositoryFiles
from recommender.service.guard import Guard, Limits
from recommender.service.listens import GivenListens
from recommender.service.shapes import Trouble
from recommender.service.source import Source
from recommender.service.state import State
from recommender.service.tokens import Tokens

_PREFIX = "SEGUE_SERVICE_"
ABOUT = """Recommendations from a community's model, or the model itself.

Seeds are answered and forgotten: they are neither kept nor logged. Players that fetch the files below `/metadata` and
`/targets` (a TUF repository) send nothing about themselves at all.
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one service does. ``listens``: where given listens go; without it, none are taken."""

    folder: Path
    listens: Path | None = None
    limits: Limits = field(default_factory=Limits)


def created(settings: Settings) -> FastAPI:
    """The application. Reads the model at once.

    Raises:
        ModelFileError: there is none that can be used.
    """
    source = Source(settings.folder)
    state = State(source)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        watching = asyncio.create_task(state.watch())
        try:
            with one_thread():
                yield
        finally:
            watching.cancel()

    app = FastAPI(
        title="Segue model service",
        version=str(protocol.VERSION),
        description=ABOUT,
        openapi_url=protocol.OPENAPI,
        docs_url=None,  # these pages load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,  # it would repeat whatever host it was called by
        responses={status: {"model": Trouble} for status in (400, 404, 405, 408, 413, 429)},
    )
    app.state.models = state
    app.include_router(asking.router)
    if settings.listens is not None:
        app.state.tokens, app.state.listens = Tokens(settings.listens), GivenListens(settings.listens)
        app.include_router(giving.router)
    if source.is_repository:
        for name in (protocol.METADATA, protocol.TARGETS):
            app.mount(f"/{name}", RepositoryFiles(directory=settings.folder / name), name=name)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_middleware(Guard, limits=settings.limits)
    return app


def from_environment() -> FastAPI:
    """For workers, which are started by name: what ``serve`` left in the environment."""
    return created(settings_of(os.environ))


def settings_of(environ: Mapping[str, str]) -> Settings:
    """The settings that ``environment_of`` wrote."""
    listens = environ.get(f"{_PREFIX}LISTENS")
    limits = Limits(rate_s=float(environ[f"{_PREFIX}RATE"]))
    return Settings(Path(environ[f"{_PREFIX}FOLDER"]), Path(listens) if listens else None, limits)


def environment_of(settings: Settings) -> dict[str, str]:
    """The settings as variables."""
    found = {f"{_PREFIX}FOLDER": str(settings.folder.absolute()), f"{_PREFIX}RATE": str(settings.limits.rate_s)}
    if settings.listens is not None:
        found[f"{_PREFIX}LISTENS"] = str(settings.listens.absolute())
    return found


async def _misunderstood(_request: Request, error: Exception) -> JSONResponse:
    """422 without what was sent: an answer that repeats it could end in somebody's log."""
    errors = error.errors() if isinstance(error, RequestValidationError) else []
    shown = [{"loc": list(e["loc"]), "msg": str(e["msg"]), "type": str(e["type"])} for e in errors[:20]]
    return JSONResponse({"detail": shown}, 422)
