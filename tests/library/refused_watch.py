"""The child that watches folders, on a system that watches no more of them."""

import sys

from app.library import watch_worker


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


if __name__ == "__main__":
    vars(watch_worker)["RustNotify"] = _full
    sys.exit(watch_worker.main(sys.argv[1:]))
