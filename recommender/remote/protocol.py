"""What the service and its clients agree on: paths, limits, names of files. One version number for all of it."""

import hashlib

VERSION = 1

METADATA, TARGETS = "metadata", "targets"
"""Folders of a repository of models, below its address."""

FIRST_ROOT = f"{METADATA}/1.root.json"

RECOMMEND, SIMILAR, LISTENS, HEALTH, MODELS, OPENAPI = (
    f"/v{VERSION}/{name}" for name in ("recommend", "similar", "listens", "health", "models", "openapi.json")
)

MOST_SEEDS = 500
MOST_EXCLUDED = 2_000
MOST_ANSWERS = 200
MOST_LISTENS = 1_000
LONGEST_TEXT = 500
MOST_BODY_BYTES = 1 << 20
MOST_ANSWER_BYTES = 1 << 20

DAY_S = 86_400
"""Contributed listens say which day, not when."""


def target_file(name: str, sha256: str) -> str:
    """What a target is called on disk and in a URL: its digest first, so that two versions never meet."""
    return f"{sha256}.{name}"


def delta_name(old_sha256: str, new_sha256: str) -> str:
    """The target that makes the new core out of the old one."""
    return f"delta-{old_sha256[:16]}-{new_sha256[:16]}.bin"


def fingerprint(first_root: bytes) -> str:
    """Of a repository's first root, 128 bits of its SHA-256 in groups that can be read aloud.

    Both ``segue publish`` and the page that asks the listener's consent show it; when they agree, nobody stood between.
    """
    digest = hashlib.sha256(first_root).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
