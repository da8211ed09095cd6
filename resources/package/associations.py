"""Which kinds of files open with Segue, as each platform wants to be told: from the menu entry's MIME types."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ENTRY = Path(__file__).resolve().parents[1] / "desktop" / "segue.desktop"
ENDINGS: dict[str, tuple[str, ...]] = {
    "audio/mpeg": ("mp3", "mp2"),
    "audio/flac": ("flac",),
    "audio/x-flac": ("flac",),
    "audio/ogg": ("ogg", "oga", "opus"),
    "audio/x-vorbis+ogg": ("ogg",),
    "audio/x-opus+ogg": ("opus",),
    "audio/x-speex+ogg": ("spx",),
    "audio/mp4": ("m4a", "m4b"),
    "audio/x-m4a": ("m4a",),
    "audio/aac": ("aac",),
    "audio/x-wav": ("wav",),
    "audio/vnd.wave": ("wav",),
    "audio/x-aiff": ("aif", "aiff", "aifc"),
    "audio/aiff": ("aif", "aiff"),
    "audio/x-ms-wma": ("wma",),
    "video/x-ms-asf": ("asf",),
    "audio/x-ape": ("ape",),
    "audio/x-wavpack": ("wv",),
    "audio/x-musepack": ("mpc",),
    "audio/x-tta": ("tta",),
    "audio/x-dsf": ("dsf",),
    "audio/x-dff": ("dff",),
    "audio/x-mpegurl": ("m3u", "m3u8"),
    "application/vnd.apple.mpegurl": ("m3u", "m3u8"),
    "audio/x-scpls": ("pls",),
    "application/xspf+xml": ("xspf",),
}
"""The ends of names that files of a MIME type have."""
PROGRAM_ID = "Segue.Music"


def mime_types(entry: Path = ENTRY) -> list[str]:
    """What the menu entry says it opens."""
    (line,) = [line for line in entry.read_text(encoding="utf-8").splitlines() if line.startswith("MimeType=")]
    return [kind for kind in line.removeprefix("MimeType=").split(";") if kind]


def endings() -> list[str]:
    """Every end of a name, once, in the order of the entry."""
    return list(dict.fromkeys(ending for kind in mime_types() for ending in ENDINGS[kind]))


def info_plist(version: str) -> dict[str, Any]:
    """What macOS reads of ``Segue.app``: music and folders open with it, by choice and not by default.

    Where a kind is named, its endings are not looked at; and macOS knows no kind of Monkey's Audio or WavPack.
    """
    shared = {"CFBundleTypeName": "Music", "CFBundleTypeRole": "Viewer", "LSHandlerRank": "Alternate"}
    music = {**shared, "LSItemContentTypes": ["public.audio"]}
    by_ending = {**shared, "CFBundleTypeExtensions": endings()}
    folder = {
        "CFBundleTypeName": "Folder",
        "CFBundleTypeRole": "Viewer",
        "LSHandlerRank": "None",
        "LSItemContentTypes": ["public.folder"],
    }
    return {
        "CFBundleName": "Segue",
        "CFBundleDisplayName": "Segue",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDocumentTypes": [music, by_ending, folder],
        "LSBackgroundOnly": False,  # else PyInstaller takes a program with a terminal for one without windows
        "LSApplicationCategoryType": "public.app-category.music",
        "LSMinimumSystemVersion": "13.0",
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "The Segue founders, GPL-3.0-or-later",
    }


def inno_registry(all_endings: Sequence[str]) -> Iterator[str]:
    """Inno Setup's lines for Windows: Segue stands in *Open with* of each ending, and takes none over."""
    root = 'Root: HKA; Subkey: "Software\\'
    program = f"{root}Classes\\{PROGRAM_ID}"
    yield f'{program}"; ValueType: string; ValueData: "Music"; Flags: uninsdeletekey'
    yield f'{program}\\DefaultIcon"; ValueType: string; ValueData: "{{app}}\\segue-window.exe,0"'
    yield f'{program}\\shell\\open\\command"; ValueType: string; ValueData: """{{app}}\\segue-window.exe"" ""%1"""'
    for ending in all_endings:
        kept = 'ValueType: string; ValueName: "' + PROGRAM_ID + '"; ValueData: ""; Flags: uninsdeletevalue'
        yield f'{root}Classes\\.{ending}\\OpenWithProgids"; {kept}'


def inno_script(version: str, program: Path, icon: Path) -> str:
    """The whole of Inno Setup's script for a program that PyInstaller built."""
    template = Path(__file__).with_name("texts") / "segue.iss"
    registry = "\n".join(inno_registry(endings()))
    text = template.read_text(encoding="utf-8")
    for name, value in (("VERSION", version), ("PROGRAM", program), ("ICON", icon), ("REGISTRY", registry)):
        text = text.replace(f"@{name}@", str(value))
    return text
