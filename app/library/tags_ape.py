"""APEv2 tags: Monkey's Audio, WavPack, Musepack, and behind MP3."""

from typing import Any

from app.library.tag_values import CUE_TRACK, PLAIN_NAMES, Said

_TEXT_KIND = 0


def take_ape(said: Said, tags: Any) -> None:
    """Copies what an APEv2 tag says."""
    for key in tags:
        lower = key.lower()
        if lower.startswith("cover art"):
            said.has_cover = True
        elif name := PLAIN_NAMES.get(lower):
            value = tags[key]
            if value.kind == _TEXT_KIND:
                said.add(name, *value)
        elif lower.startswith("rating:") and tags[key].kind == _TEXT_KIND:
            said.add("rating_share", *tags[key])
        elif lower.startswith(CUE_TRACK) and tags[key].kind == _TEXT_KIND:
            said.add(lower, *tags[key])
