"""The listener's language without Qt, for child processes: read from the same file that Qt's is made from."""

from collections.abc import Callable
from xml.etree import ElementTree

from app.config.paths import resources


def finder(language: str) -> Callable[[str, int | None], str] | None:
    """What ``app.domain.words.use`` takes; ``None`` for English and for languages there are no words in."""
    path = resources() / "translations" / f"segue_{language}.ts"
    if not language.isidentifier() or not path.is_file():
        return None
    found: dict[tuple[str, bool], str] = {}
    for message in ElementTree.parse(path).iter("message"):  # noqa: S314 - our own file
        counted = message.get("numerus") == "yes"
        words = message.findtext("translation/numerusform" if counted else "translation") or ""
        found[message.findtext("source") or "", counted] = words
    return lambda text, count: found.get((text, count is not None), "")
