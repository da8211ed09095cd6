"""Listens given and withdrawn, for a family or a club. There only where the service was started with ``--listens``."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from recommender.remote import protocol
from recommender.service.shapes import Listens, Taken, Trouble

router = APIRouter(responses={401: {"model": Trouble}, 507: {"model": Trouble}})
_bearer = HTTPBearer(auto_error=False, description="The listener's token.")


async def _listener(
    request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)] = None
) -> str:
    name: str | None = request.app.state.tokens.listener(given.credentials) if given else None
    if name is None:
        raise HTTPException(401, "A listener's token is needed.", {"WWW-Authenticate": "Bearer"})
    return name


Listener = Annotated[str, Depends(_listener)]


@router.post(protocol.LISTENS, status_code=201)
async def give(listens: Listens, listener: Listener, request: Request) -> Taken:
    """Adds listens to what the next model is made of."""
    kept = await asyncio.to_thread(request.app.state.listens.add, listener, listens.listens)
    if not kept:
        raise HTTPException(507, "There is no room for more of this listener's listens.")
    return Taken(kept=kept)


@router.delete(protocol.LISTENS, status_code=204)
async def withdraw(listener: Listener, request: Request) -> Response:
    """Deletes all that this listener gave. Models made before keep what they learned until the next one."""
    await asyncio.to_thread(request.app.state.listens.withdraw, listener)
    return Response(status_code=204)
