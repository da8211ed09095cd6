"""Ratings as other players write them, brought to 0 to 100; 0 and below say nothing."""

from app.library.numbers import decimal

# Whole stars: Windows Media Player, Winamp, foobar2000, Strawberry. Half stars: MusicBee, MediaMonkey.
_WHOLE_STARS = ((224, 100), (160, 80), (96, 60), (32, 40), (1, 20))
_HALF_STARS = {1: 20, 13: 10, 54: 30, 64: 40, 118: 50, 128: 60, 186: 70, 196: 80, 242: 90, 255: 100}
_WITH_HALF_STARS = ("musicbee", "no@email", "mediamonkey")
_LINEAR = ("quodlibet@lists.sacredchao.net", "users@musicbrainz.org", "traktor@native-instruments.de")
"""These spread their stars evenly from 0 to 255."""
_ASF_STARS = {1: 20, 25: 40, 50: 60, 75: 80, 99: 100}


def popularimeter(email: str, value: int) -> int | None:
    """The byte of an ID3 ``POPM`` frame, by the scale of the player whose e-mail address stands in it."""
    owner = email.strip("\0 ").lower()
    if not 0 < value <= 255:
        return None
    if owner in _LINEAR:
        return round(value / 255 * 100)
    if owner in _WITH_HALF_STARS:
        return _HALF_STARS[min(_HALF_STARS, key=lambda step: (abs(step - value), step))]
    return next(stars for low, stars in _WHOLE_STARS if value >= low)


def shared_user_rating(value: int) -> int | None:
    """Windows Media's ``WM/SharedUserRating``: 1, 25, 50, 75, 99."""
    return _ASF_STARS.get(value, min(value, 100)) if value > 0 else None


def share(texts: list[str] | None) -> int | None:
    """``0`` to ``1``, as FMPS and Quod Libet write it; what is larger is on the loose scale."""
    value = decimal(texts, 0.0, 1.0)
    return round(value * 100) if value is not None else loose(texts)


def loose(texts: list[str] | None) -> int | None:
    """A number on a scale nobody names: 1 to 5 stars, or 1 to 100, or a share like ``0.8``."""
    value = decimal(texts, 0, 100)
    if not value or not texts:
        return None
    if value <= 1 and ("." in texts[0] or "," in texts[0]):
        return round(value * 100)
    return round(value * 20) if value <= 5 else round(value)
