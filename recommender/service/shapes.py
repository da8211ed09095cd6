"""What is asked and answered, as JSON: the shapes that the OpenAPI description is made of."""

import re
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from recommender.remote import protocol


def _no_text(value: object) -> object:
    """JSON's numbers alone: what stands in quotes, or is true, is none."""
    if type(value) not in (int, float):
        raise ValueError("a number is needed")
    return value


Number = Annotated[float, BeforeValidator(_no_text)]
Whole = Annotated[int, BeforeValidator(_no_text)]
Text = Annotated[str, Field(max_length=protocol.LONGEST_TEXT)]
Key = Annotated[str, Field(pattern="^[0-9a-f]{12}$", description="A recording's key: 48 bits in hexadecimal.")]
Mbid = Annotated[str, Field(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


_VISIBLE = r"[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
"""A character that is seen; written out, since ``\\S`` is not the same to every reader of the description."""

_BY_NAMES: JsonDict = {
    "required": ["artist", "title"],
    "properties": {name: {"type": "string", "pattern": _VISIBLE} for name in ("artist", "title")},
}
_BY_ID: dict[str, JsonDict] = {
    name: {"required": [name], "properties": {name: {"type": "string"}}} for name in ("key", "mbid")
}


def _are_seen(*names: str) -> bool:
    return all(re.search(_VISIBLE, name) for name in names)


def _described(*ways: JsonDict) -> ConfigDict:
    """What the check of names says, in the description as well."""
    return ConfigDict(extra="forbid", frozen=True, json_schema_extra={"anyOf": list(ways)})


class Shape(BaseModel):
    """Strict: what is not described is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Recording(Shape):
    """One recording, by its key, its MusicBrainz id, or its names."""

    model_config = _described(_BY_ID["key"], _BY_ID["mbid"], _BY_NAMES)

    key: Key | None = None
    mbid: Mbid | None = None
    artist: Text = ""
    title: Text = ""

    @model_validator(mode="after")
    def _is_named(self) -> Self:
        if self.key is None and self.mbid is None and not _are_seen(self.artist, self.title):
            raise ValueError("give a key, an mbid, or artist and title")
        return self


class Seed(Recording):
    """A recording that the listener likes."""

    weight: Number = Field(default=1.0, gt=0, le=1e6, allow_inf_nan=False, description="As many listens.")


class Ask(Shape):
    """What to recommend from."""

    seeds: list[Seed] = Field(min_length=1, max_length=protocol.MOST_SEEDS)
    n: Whole = Field(default=20, ge=1, le=protocol.MOST_ANSWERS)
    exclude: list[Recording] = Field(default=[], max_length=protocol.MOST_EXCLUDED)


class Because(Shape):
    """Why: the seed (its place in what was sent) that speaks loudest, and how."""

    seed: int | None
    signal: Literal["near", "factors", "own_artist", "near_artist", "holders"]


class Recommended(Shape):
    """One recommendation; names are empty where the model knows none."""

    key: Key
    artist: str
    title: str
    mbid: str
    score: float
    because: Because


class Answer(Shape):
    """Best first. ``known``: how many of the seeds the model knows."""

    model: str
    known: int
    recordings: list[Recommended]


class Health(Shape):
    """Whether the service answers, and from what."""

    status: Literal["ok"]
    protocol: int
    model: str
    created: int


class ModelFacts(Shape):
    """What a model says of itself."""

    id: str
    created: int
    n_items: int
    n_artists: int
    n_listeners: int
    n_listens: int
    words: str
    quality: dict[str, float]
    size_bytes: int
    files: list[str]


class Models(Shape):
    """The models that are served."""

    models: list[ModelFacts]


class Listen(Shape):
    """One listen of the listener who gives it: a recording and a day, no time of day."""

    model_config = _described(_BY_ID["mbid"], _BY_NAMES)

    mbid: Mbid | None = None
    artist: Text = ""
    title: Text = ""
    day: Whole = Field(ge=0, le=100_000, description="Days since 1970-01-01.")

    @model_validator(mode="after")
    def _is_named(self) -> Self:
        if self.mbid is None and not _are_seen(self.artist, self.title):
            raise ValueError("give an mbid, or artist and title")
        return self


class Listens(Shape):
    """Listens given to the community."""

    listens: list[Listen] = Field(min_length=1, max_length=protocol.MOST_LISTENS)


class Taken(Shape):
    """How many were kept."""

    kept: int


class Trouble(Shape):
    """What was wrong, in a sentence."""

    detail: str
