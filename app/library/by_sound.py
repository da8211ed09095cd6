"""A second chance for Chinese words that nothing has: they are looked for by their sound.

Who writes by pinyin takes the characters from a list, and now and then the wrong ones: 周杰仑 sounds as 周杰伦 does.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from app.domain.query import Part, Query, Words

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_FEWEST = 2
"""One character sounds like too many others."""


def by_sound(query: Query) -> Iterator[Query]:
    """The query with pinyin in the place of Chinese characters: as a name of a person, and as any other text."""
    chinese = [part for part in query.parts if isinstance(part, Words) and _HAN.search(part.text)]
    if any(part.without for part in chinese):  # what is to stay away is not known by its sound
        return
    tried = {query.parts}
    for is_name in (True, False) if chinese else ():
        parts = tuple(_spoken(part, is_name) for part in query.parts)
        if parts not in tried:
            tried.add(parts)
            yield Query(_pinyin_for(query.text, is_name), parts)


def _spoken(part: Part, is_name: bool) -> Part:
    return replace(part, text=_pinyin_for(part.text, is_name)) if isinstance(part, Words) else part


def _pinyin_for(text: str, is_name: bool) -> str:
    from app.library.readings import run_together  # only for those who have such names

    def spoken(run: re.Match[str]) -> str:
        return run[0] if len(run[0]) < _FEWEST else run_together(run[0], family_name=is_name)

    return _HAN.sub(spoken, text)
