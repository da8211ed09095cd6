"""What a notification of the desktop says about a track, within what its daemon can show. No bus here.

https://specifications.freedesktop.org/notification-spec/latest/
"""

import html
from collections.abc import Collection
from dataclasses import dataclass

from app.domain.clean import clean
from app.domain.track import Track
from app.domain.words import say

_TITLE_CHARS = 120
_LINE_CHARS = 200
# With `action-icons` the key of an action is the name of its icon.
_VERBS = {
    "default": "raise",
    "pause": "play-pause",
    "media-playback-pause": "play-pause",
    "next": "next",
    "media-skip-forward": "next",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A track that has begun."""

    title: str
    artist: str
    album: str
    cover: str = ""
    """The URI of the picture's file; empty where there is none."""


def notice_of(track: Track, cover: str) -> Notice:
    """What is said of a track."""
    return Notice(track.title, track.shown_artist, track.album, cover)


def summary(notice: Notice, can: Collection[str]) -> str:
    """The first line, which daemons show as it is; where they show no other, it names the artist, too."""
    title = clean(notice.title, _TITLE_CHARS) or say("Unknown title")
    artist = clean(notice.artist, _TITLE_CHARS)
    return title if "body" in can or not artist else f"{title} · {artist}"


def body(notice: Notice, can: Collection[str]) -> str:
    """Artist and album; escaped where the daemon reads markup, because names are text, whatever they look like."""
    if "body" not in can:
        return ""
    lines = [line for name in (notice.artist, notice.album) if (line := clean(name, _LINE_CHARS))]
    plain = "\n".join(lines)
    return html.escape(plain, quote=False) if "body-markup" in can else plain


def actions(can: Collection[str]) -> list[str]:
    """Keys and words by turns: what can be pressed on the notification."""
    if "actions" not in can:
        return []
    icons = "action-icons" in can
    pause, following = ("media-playback-pause", "media-skip-forward") if icons else ("pause", "next")
    return ["default", say("Show Segue"), pause, say("Play or pause"), following, say("Next track")]


def verb_of(action: str) -> str:
    """What an action that was pressed asks of the player; empty for one that is not ours."""
    return _VERBS.get(action, "")
