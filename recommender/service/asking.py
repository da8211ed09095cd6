"""Questions: what to hear, what is alike, what is served. They change nothing and leave nothing behind."""

import json
from collections.abc import Sequence
from typing import Annotated

import numpy as np
from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from recommender.arrays import Ints
from recommender.community import NOBODY
from recommender.keys import NO_KEY, hashed, mbid_key, names_key
from recommender.remote import protocol
from recommender.service.answering import NO_SEED, Found
from recommender.service.shapes import (
    Answer,
    Ask,
    Health,
    Key,
    ModelFacts,
    Models,
    Recording,
)
from recommender.service.state import Current

router = APIRouter()


@router.post(protocol.RECOMMEND, response_model=Answer)
async def recommend(ask: Ask, request: Request) -> Response:
    """Recordings that go with the seeds, best first, none of the seeds among them."""
    now = _current(request)
    rows = rows_of(now, ask.seeds)
    found = now.answering.recommended(
        rows.tolist(), [seed.weight for seed in ask.seeds], ask.n, rows_of(now, ask.exclude)
    )
    return _answer(now, int((rows != NOBODY).sum()), found)


@router.get(protocol.SIMILAR + "/{key}", response_model=Answer)
async def similar(
    key: Annotated[Key, Path()], request: Request, n: Annotated[int, Query(ge=1, le=protocol.MOST_ANSWERS)] = 20
) -> Response:
    """Recordings like one."""
    now = _current(request)
    row = int(rows_of(now, [Recording(key=key)])[0])
    if row == NOBODY:
        raise HTTPException(404, "The model does not know this recording.")
    return _answer(now, 1, now.answering.similar(row, n))


@router.get(protocol.HEALTH, response_model=Health)
async def health(request: Request) -> Health:
    """Whether the service answers."""
    now = _current(request)
    created = now.manifest.about.created
    return Health(status="ok", protocol=protocol.VERSION, model=now.answering.model_id, created=created)


@router.get(protocol.MODELS, response_model=Models)
async def models(request: Request) -> Models:
    """The models that are served, and what they say of themselves."""
    manifest = _current(request).manifest
    about = manifest.about
    facts = ModelFacts(
        id=manifest.id,
        created=about.created,
        n_items=manifest.n_items,
        n_artists=manifest.n_artists,
        n_listeners=about.n_listeners,
        n_listens=about.n_listens,
        words=about.words,
        quality=about.quality,
        size_bytes=manifest.size_bytes,
        files=[part.file for part in manifest.parts.values()],
    )
    return Models(models=[facts])


def rows_of(now: Current, recordings: Sequence[Recording]) -> Ints:
    """The model's row of each, NOBODY for what it does not know: by key, else by id, else by names."""
    keyed = now.answering.keyed
    rows = keyed.rows_of(np.array([int(one.key, 16) if one.key else NO_KEY for one in recordings], dtype=np.int64))
    for key_of in (_by_mbid, _by_names):
        missing = np.flatnonzero(rows == NOBODY)
        if len(missing):
            rows[missing] = keyed.rows_of(hashed([key_of(recordings[at]) for at in missing.tolist()]))
    return rows


def _by_mbid(one: Recording) -> str:
    return mbid_key(one.mbid or "")


def _by_names(one: Recording) -> str:
    return names_key(one.artist, one.title)


def _answer(now: Current, known: int, found: Sequence[Found]) -> Response:
    """An ``Answer`` as bytes: what was just made need not be checked."""
    keyed = now.answering.keyed
    names = keyed.names
    recordings = [
        {
            "key": f"{int(keyed.keys[one.row]):012x}",
            "artist": names.artist(one.row) if names else "",
            "title": names.title(one.row) if names else "",
            "mbid": names.mbid(one.row) if names else "",
            "score": round(one.score, 6),
            "because": {"seed": None if one.seed == NO_SEED else one.seed, "signal": one.signal},
        }
        for one in found
    ]
    said = {"model": now.answering.model_id, "known": known, "recordings": recordings}
    return Response(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"), media_type="application/json")


def _current(request: Request) -> Current:
    current: Current = request.app.state.models.current
    return current
