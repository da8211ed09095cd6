"""Where models come from, out of the settings; and whether the listener agreed to that and it is time again."""

from typing import Final

from app.config.settings import Settings
from app.domain.sync import LastSync, Origin

DAY_MS: Final = 24 * 3_600_000
_AFTER_TROUBLE_MS: Final = 2 * 3_600_000


def origin_of(settings: Settings) -> Origin:
    """What is chosen now; off where anything is missing."""
    match settings.sync_from:
        case "folder":
            return Origin("folder", settings.sync_folder.strip())
        case "service":
            return Origin("service", settings.sync_service.strip(), fingerprint=settings.sync_fingerprint.strip())
        case "listenbrainz":
            return Origin(
                "listenbrainz",
                settings.sync_user.strip(),
                settings.sync_address.strip(),
                settings.sync_labs.strip(),
                settings.sync_algorithm.strip(),
                settings.sync_artist_algorithm.strip(),
            )
    return Origin()


def agreed(settings: Settings) -> bool:
    """Whether the listener saw what is sent to this origin, and said yes."""
    origin = origin_of(settings)
    return origin.on and settings.sync_agreed == origin.agreement


def is_due(settings: Settings, last: LastSync, now_ms: int) -> bool:
    """Whether a sync by itself is due: once a day, a little later again after trouble, and never before it is asked."""
    if not (settings.sync_daily and agreed(settings)):
        return False
    if last.origin != settings.sync_agreed or not 0 < last.at_ms <= now_ms:
        return True
    wait_ms = _AFTER_TROUBLE_MS if last.failed else DAY_MS
    return now_ms >= max(last.at_ms + wait_ms, last.again_ms)
