"""JSON as the terminal commands print it."""

import json
import os
import re

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def as_json(value: object) -> str:
    """One line of JSON, with every script as it is written. Lone surrogates are escaped: UTF-8 has none."""
    text = json.dumps(value, ensure_ascii=False)
    return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def path_text(path: bytes) -> str:
    """A path as text. Bytes that are no UTF-8 become lone surrogates: Python's ``os.fsencode`` gives the bytes back."""
    return os.fsdecode(path)
