"""What the listener's ranker answers with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """One share of a score.

    Signals of a pair of tracks: ``continues`` (came right after ``because``, ``count`` times), ``follows`` (came within
    three tracks after it), ``together`` (in ``count`` of the sessions most like this one, with ``because``).
    Of the listener: ``recency`` (``count`` listens), ``week`` (``count`` in the last 7 days), ``spread`` and ``days``
    (on ``count`` days), ``day`` (heard within a day), ``known`` (for ``count`` days), ``replay`` (played within the
    hour), ``artist`` and ``taste_artist|album|genre|year`` (``count`` listens of the same).
    Of the running session: ``session_artist`` and ``artist_run`` (``count`` of its last ten tracks are by the artist,
    ``because`` the latest), ``again`` (in it ``count`` times), ``round_again`` (came after ``because`` in it before).
    Of tags: ``same_artist|album|genre|year`` (as ``because``, with ``count`` listens of the same; for years: near it),
    ``library_artist|genre|year`` (``count`` of the same in the library), ``unheard``.
    Of a community model: ``near`` and ``near_lately`` (in sessions with ``because``, which has ``count`` listens),
    ``factors`` (liked by who likes ``because``), ``near_artist`` (near the artist of ``because``), ``own_artist``
    (``count`` listens of the artist), ``holders`` (``count`` listeners have it).
    Of feedback: ``love``, ``less``. Amounts below 0 speak against the item.
    """

    signal: str
    amount: float
    because: int | None = None
    """Item id."""
    count: int = 0
    last_s: int | None = None
    """When this item was last listened to, for ``recency``, ``day`` and ``spread``."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An item, the score that ranked it, and the evidence that adds up to the score, loudest first."""

    item_id: int
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many recordings each dial position may offer."""

    familiar: int
    forgotten: int
    never: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What taking a piece of evidence away does: ``removed`` plays are left out and the score is made again."""

    removed: int
    """0: the evidence is a tag and rests on no play; its own amount is taken away."""
    before: float
    after: float

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before
