"""The grammar of a cue sheet: what it says, line by line, before anything is looked up on the disk.

Sheets are written by dozens of programs and by hand. What is not understood is passed over; only a time that is none,
or more of anything than a disc can hold, makes a sheet unusable.
"""

import re

from app.domain.clean import clean
from app.domain.cue_time import FRAMES_A_SECOND
from app.domain.words import mark

MAX_BYTES = 1_000_000
MAX_TRACKS = 99
"""In one file, as on a disc."""

_MAX_FILES = 500
_TIME = re.compile(r"(\d{1,4}):(\d{1,2})(?::(\d{1,3}))?")
_FILE_TYPES = {"BINARY", "MOTOROLA", "AIFF", "WAVE", "WAV", "MP3", "FLAC", "APE", "WV", "OGG", "AAC", "MP4", "M4A"}
_TEXTS = {"TITLE", "PERFORMER", "SONGWRITER", "ISRC"}
_REMARKS = {"DATE", "GENRE", "COMPOSER", "DISCNUMBER", "TOTALDISCS"}


class BadSheet(ValueError):
    """The sheet cannot be used; the message is a sentence that says why."""


class SheetTrack:
    """One TRACK. ``start`` and ``gap`` are INDEX 01 and INDEX 00 in cue frames, ``None`` where there is none."""

    def __init__(self, number: int, sound: bool) -> None:
        self.number, self.sound = number, sound
        self.said: dict[str, str] = {}
        self.gap: int | None = None
        self.start: int | None = None


class SheetFile:
    """One FILE: its name as it is written, and the tracks that begin in it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tracks: list[SheetTrack] = []


class SheetText:
    """A whole sheet: what it says of the disc, and its files."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.files: list[SheetFile] = []


def parse(text: str) -> SheetText:
    """Reads a sheet.

    Raises:
        BadSheet: it names more than there can be, or a time that is none.
    """
    reading = _Reading()
    for line in re.split(r"[\r\n]+", text):
        if line := line.strip():
            command, rest = _halves(line)
            reading.take(command.upper(), rest)
    reading.place()
    return reading.sheet


class _Reading:
    """A sheet on its way. A track belongs to the file that its INDEX 01 stands below, not the one its TRACK does."""

    def __init__(self) -> None:
        self.sheet = SheetText()
        self._track: SheetTrack | None = None
        self._file: SheetFile | None = None
        self._gap_file: SheetFile | None = None

    def take(self, command: str, rest: str) -> None:
        """One line."""
        if command == "FILE":
            self._take_file(rest)
        elif command == "TRACK":
            self._take_track(rest)
        elif command == "INDEX":
            self._take_index(rest)
        elif command in _TEXTS:
            self._say(command, rest)
        elif command == "REM":
            key, value = _halves(rest)
            if key.upper() in _REMARKS or key.upper().startswith("REPLAYGAIN_"):
                self._say(key.upper(), value)

    def place(self) -> None:
        """Puts the track that was read into its file."""
        track, self._track = self._track, None
        if track is not None and track.start is None and track.gap is not None and self._gap_file is not None:
            self._add(self._gap_file, track, track.gap)

    def _add(self, file: SheetFile, track: SheetTrack, start: int) -> None:
        track.start = start
        if len(file.tracks) >= MAX_TRACKS:
            raise BadSheet(mark("This cue sheet names more than {} tracks in one file.").format(MAX_TRACKS))
        file.tracks.append(track)

    def _take_file(self, rest: str) -> None:
        if len(self.sheet.files) >= _MAX_FILES:
            raise BadSheet(mark("This cue sheet names more than {} files.").format(_MAX_FILES))
        name = _quoted(rest)
        if name is None:
            head = rest.rsplit(None, 1)
            name = head[0] if len(head) == 2 and head[1].upper() in _FILE_TYPES else rest
        self._file = SheetFile(name)
        self.sheet.files.append(self._file)

    def _take_track(self, rest: str) -> None:
        self.place()
        number, kind = _halves(rest)
        at = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
        self._track = SheetTrack(at, kind.upper() in {"AUDIO", ""})

    def _take_index(self, rest: str) -> None:
        number, time = _halves(rest)
        if self._track is None or self._file is None or number not in {"0", "00", "1", "01"}:
            return
        frames = _frames(time)
        if number in {"0", "00"}:
            self._track.gap, self._gap_file = frames, self._file
        elif self._track.start is None:
            if self._gap_file is not self._file:
                self._track.gap = None
            self._add(self._file, self._track, frames)

    def _say(self, key: str, value: str) -> None:
        said = self.sheet.said if self._track is None else self._track.said
        quoted = _quoted(value)
        said.setdefault(key, clean(value if quoted is None else quoted))


def _halves(line: str) -> tuple[str, str]:
    """The first word, and the rest."""
    halves = line.split(None, 1)
    return halves[0] if halves else "", halves[1] if len(halves) > 1 else ""


def _quoted(rest: str) -> str | None:
    """What stands between the first and the last quote: titles have quotes of their own."""
    if not rest.startswith('"'):
        return None
    end = rest.rfind('"')
    return rest[1:end] if end > 0 else rest[1:]


def _frames(time: str) -> int:
    """MM:SS:FF as cue frames. Some programs count hundredths: what is above 74 is the last frame of its second."""
    found = _TIME.fullmatch(time)
    if found is None or int(found[2]) >= 60:
        raise BadSheet(mark("This cue sheet has a time that is none."))
    frame = min(int(found[3] or 0), FRAMES_A_SECOND - 1)
    return (int(found[1]) * 60 + int(found[2])) * FRAMES_A_SECOND + frame
