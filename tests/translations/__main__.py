"""``python -m tests.translations``: brings the translations up to date with the code, says what is to be done.

``--take FILE`` takes translations over from a JSON object of text to translation (counted texts begin with ``%n ``).
"""

import argparse
import json
from pathlib import Path

from tests.translations.collect import texts
from tests.translations.ts_file import FOLDER, Translated, compile_to, read, write


def main() -> int:
    """Gives the number of texts that are not translated yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--take", type=Path, action="append", default=[])
    taken: dict[str, str] = {}
    for file in parser.parse_args().take:
        taken |= json.loads(file.read_text(encoding="utf-8"))
    found, left = texts(), 0
    for source in sorted(FOLDER.glob("segue_*.ts")):
        known = read(source)
        entries = [
            Translated(text, taken.get(text.source) or known.get((text.source, text.counted), "")) for text in found
        ]
        write(source, source.stem.removeprefix("segue_"), entries)
        compile_to(source, source.with_suffix(".qm"))
        missing = [entry.text for entry in entries if not entry.translation]
        left += len(missing)
        print(f"{source.name}: {len(entries)} texts, {len(missing)} to be translated")
        for text in missing:
            print(f"  {text.place}: {text.source!r}")
    return min(left, 100)


if __name__ == "__main__":
    raise SystemExit(main())
