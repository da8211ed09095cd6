"""The child process that writes tags: a file that makes mutagen loop, eat memory or crash takes only it along.

``python -m app.library.edit_worker MEMORY_BYTES``: a request on stdin (``E`` and JSON), an answer on stdout.
"""

import contextlib
import json
import os
import sys

from app.config.limits import limit_this_process
from app.domain.errors import UnreadableFile
from app.library.framing import HELLO, REFUSED, Frames, frame, write_all
from app.library.tag_writer import edit, restore

EDIT = b"E"
_READ_BYTES = 1 << 16


def main() -> None:
    """Serves requests until stdin ends."""
    limit_this_process(int(sys.argv[1]))
    write_all(1, frame(HELLO))
    requests = Frames()
    while piece := os.read(0, _READ_BYTES):
        for _, body in requests.feed(piece):
            write_all(1, answer(body))


def answer(body: bytes) -> bytes:
    """The frame that answers one request; whatever goes wrong is a reason, never an exception."""
    try:
        asked = json.loads(body)
        source, copy = os.fsencode(asked["source"]), os.fsencode(asked["copy"])
        if "former" in asked:
            done = restore(source, copy, asked["fields"], asked["former"], asked["left"])
        else:
            done = edit(source, copy, {name: tuple(values) for name, values in asked["changes"].items()})
        return frame(EDIT, json.dumps(done).encode())
    except UnreadableFile as error:
        return frame(REFUSED, str(error).encode())
    except (MemoryError, RecursionError):
        return frame(REFUSED, b"Its tags would need too much memory.")


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        main()
