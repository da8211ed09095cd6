"""Questions: what to hear, what is alike, what is served. They change nothing and leave nothing behind."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from fastapi import APIRouter, HTTPException, Path, Query, Request

from recommender.arrays import Ints
from recommender.community import NOBODY
from recommender.keys import NO_KEY, hashed, mbid_key, names_key
from recommender.remote import protocol
from recommender.service.answering import NO_SEED, Found
from recommender.service.shapes import (
    Answer,
    Ask,
    Because,
    Health,
    Key,
    ModelFacts,
    Models,
    Recommended,
    Recording,
)
from recommender.service.state import Current

router = APIRouter()


@router.post(protocol.RECOMMEND, response_model=Answer)
async def recommend(ask: Ask, request: Request) -> Answer:
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
) -> Answer:
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
    by_key = [int(one.key, 16) if one.key else NO_KEY for one in recordings]
    by_mbid = hashed([mbid_key(one.mbid or "") for one in recordings])
    by_names = hashed([names_key(one.artist, one.title) for one in recordings])
    rows = np.full(len(recordings), NOBODY, dtype=np.int64)
    for hashes in (np.array(by_key, dtype=np.int64), by_mbid, by_names):
        missing = np.flatnonzero(rows == NOBODY)
        rows[missing] = keyed.rows_of(hashes[missing])
    return rows


def _answer(now: Current, known: int, found: Sequence[Found]) -> Answer:
    keyed = now.answering.keyed
    names = keyed.names
    return Answer(
        model=now.answering.model_id,
        known=known,
        recordings=[
            Recommended(
                key=f"{int(keyed.keys[one.row]):012x}",
                artist=names.artist(one.row) if names else "",
                title=names.title(one.row) if names else "",
                mbid=names.mbid(one.row) if names else "",
                score=round(one.score, 6),
                because=Because(seed=None if one.seed == NO_SEED else one.seed, signal=one.signal),  # type: ignore[arg-type]
            )
            for one in found
        ],
    )


def _current(request: Request) -> Current:
    current: Current = request.app.state.models.current
    return current
