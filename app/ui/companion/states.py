"""What the companion says where there is nothing to suggest for: the cause, and what to do next."""

from dataclasses import dataclass

from app.domain.following import Following
from app.domain.words import say
from app.ui.companion.head import name_of


@dataclass(frozen=True, slots=True)
class Nothing:
    """One empty state. ``wish`` names what its button asks for: ``segue``, ``bus`` or ``follow``."""

    glyph: str
    title: str
    cause: str
    button: str = ""
    wish: str = ""


def nothing_to_show(shown: Following | None, *, has_bus: bool, has_library: bool) -> Nothing | None:
    """Why there is no list; ``None`` where there is one."""
    if not has_bus:
        cause = say("Other players are seen over the desktop's session bus (D-Bus). It does not answer.")
        return Nothing("no-bus", say("Other players cannot be seen"), cause, say("Try again"), "bus")
    if not has_library:
        cause = say("Suggestions come from the music that Segue has read. Open Segue and show it your music folder.")
        return Nothing("albums", say("Your library is empty"), cause, say("Open Segue"), "segue")
    if shown is None:
        cause = say(
            "Start Strawberry, Rhythmbox, VLC, mpv or another one, and it appears here. "
            "Segue keeps its own plays and needs no companion."
        )
        return Nothing("players", say("No other player is running"), cause, say("Open Segue"), "segue")
    if shown.ignored:
        cause = say("Nothing of what plays there is kept, and nothing is suggested for it.")
        title = say("You ignore {}", name_of(shown))
        return Nothing("never", title, cause, say("Follow it again"), "follow")
    return None
