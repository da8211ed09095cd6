"""What the listener chose, typed. A damaged file is set aside and the defaults are used; it is never lost."""

import contextlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Theme = Literal["system", "light", "dark"]
Language = Literal["system", "en", "zh_CN"]
TrackOrder = Literal["title", "artist", "album", "added", "year", "duration", "genre", "rating"]
Density = Literal["compact", "normal", "roomy"]
ReplayGain = Literal["off", "track", "album", "auto"]
SyncFrom = Literal["off", "folder", "service", "listenbrainz"]
_MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is remembered between two starts, apart from the library and the plays."""

    volume: int = 80
    """0 to 100, on a perceptual scale."""
    muted: bool = False
    theme: Theme = "system"
    language: Language = "system"
    min_length_s: int = 10
    """Untagged sounds shorter than this stay out of the library."""
    shuffle: bool = False
    shuffle_albums: bool = False
    repeat: Literal["off", "all", "one"] = "off"
    output_device: str = ""
    """The id of the sound output that was chosen; empty follows the system's default."""
    autoplay: bool = False
    """Plays on behind the queue with what the listener may like."""
    panel_shown: bool = True
    panel_width: int = 336
    window_width: int = 1280
    window_height: int = 800
    maximized: bool = False
    view: str = "home"
    track_order: TrackOrder = "artist"
    track_order_descending: bool = False
    track_columns: str = ""
    """The columns of the table of all tracks, in order, with the widths that were dragged: ``title,artist:200``."""
    zoom_percent: int = 100
    """How large letters are, of the system's size."""
    track_groups: bool = False
    """Long tables of tracks stand under headings of albums."""
    density: Density = "normal"
    """How high the rows of tables are."""
    replay_gain: ReplayGain = "auto"
    preamp_db: int = 0
    equaliser: bool = False
    equaliser_bands: tuple[int, ...] = (0,) * 10
    """Decibels, from the lowest band to the highest."""
    crossfade_s: int = 0
    """How long one track fades into the next; 0: not at all."""
    speed_percent: int = 100
    notifications: bool = True
    """Tells of a track that begins while another window is in use."""
    tray_icon: bool = True
    close_to_tray: bool = False
    """Closing the window hides it, and the music goes on."""
    tray_explained: bool = False
    """The listener was told once where the window went."""
    stay_awake: bool = False
    """The machine does not fall asleep by itself while music plays."""
    sync_from: SyncFrom = "off"
    """Where models of many listeners come from; off: no connection is opened."""
    sync_folder: str = ""
    sync_service: str = ""
    """The address of a service or of a host of files."""
    sync_fingerprint: str = ""
    """Of the signers there, where the listener was told it."""
    sync_user: str = ""
    """The listener's name at ListenBrainz."""
    sync_address: str = "https://api.listenbrainz.org"
    sync_labs: str = "https://labs.api.listenbrainz.org"
    sync_algorithm: str = "session_based_days_7500_session_300_contribution_5_threshold_15_limit_50_skip_30"
    """What ListenBrainz calls the way to tell what is similar."""
    sync_artist_algorithm: str = (
        "session_based_days_7500_session_300_contribution_5_threshold_10_limit_100_filter_True_skip_30"
    )
    """The same for artists; empty asks about recordings alone."""
    sync_daily: bool = True
    """Once a day by itself, where it is on at all."""
    sync_agreed: str = ""
    """What the listener agreed to be sent: another origin is asked about again."""


_LIMITS: dict[str, tuple[int, int]] = {
    "volume": (0, 100),
    "min_length_s": (0, 600),
    "panel_width": (300, 420),
    "window_width": (480, 16_384),
    "window_height": (360, 16_384),
    "preamp_db": (-12, 12),
    "equaliser_bands": (-12, 12),
    "crossfade_s": (0, 12),
    "speed_percent": (50, 200),
    "zoom_percent": (80, 200),
}


def from_values(values: object) -> Settings:
    """Settings out of decoded JSON: unknown names and values of the wrong kind fall back to their defaults."""
    if not isinstance(values, dict):
        return Settings()
    kept: dict[str, Any] = {}
    defaults = Settings()
    for field in fields(Settings):
        value, default = values.get(field.name), getattr(defaults, field.name)
        if isinstance(default, tuple):
            kept[field.name] = _whole_numbers(value, default, *_LIMITS[field.name])
            continue
        if type(value) is not type(default):
            continue
        choices = get_args(field.type)
        if choices and value not in choices:
            continue
        if field.name in _LIMITS:
            low, high = _LIMITS[field.name]
            kept[field.name] = min(max(int(values[field.name]), low), high)
            continue
        kept[field.name] = value
    return replace(defaults, **kept)


def _whole_numbers(value: object, default: tuple[int, ...], low: int, high: int) -> tuple[int, ...]:
    """A list of as many whole numbers as the default has, each within its limits; else the default."""
    if not isinstance(value, list) or len(value) != len(default) or any(type(one) is not int for one in value):
        return default
    return tuple(min(max(one, low), high) for one in value)


def load(path: Path) -> tuple[Settings, str]:
    """The settings in ``path``, and one sentence of trouble (empty when there is none)."""
    values, trouble = read_values(path)
    return from_values(values), trouble


def read_values(path: Path) -> tuple[object, str]:
    """Decoded JSON, nothing where there is none, and one sentence of trouble (empty when there is none)."""
    if path.exists() and not path.is_file():  # a pipe would be waited for
        return {}, "The settings could not be read (they are no file); the defaults are in use."
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        return {}, f"The settings could not be read ({error.strerror}); the defaults are in use."
    try:
        if len(raw) > _MAX_BYTES:
            raise ValueError("too large")
        return json.loads(raw), ""
    except (ValueError, RecursionError):
        aside = path.with_name(path.name + ".damaged")
        with contextlib.suppress(OSError):
            os.replace(path, aside)
        return {}, f"The settings file was damaged; it was kept as {aside.name} and the defaults are in use."


def chosen_language(path: Path) -> str:
    """The language alone, for what is said before the settings are loaded; ``system`` where it cannot be told."""
    try:
        with path.open("rb") as file:
            return from_values(json.loads(file.read(_MAX_BYTES))).language
    except (OSError, ValueError, RecursionError):
        return "system"


def save(path: Path, settings: "DataclassInstance") -> None:
    """Writes the file whole or not at all.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, indent=2)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
