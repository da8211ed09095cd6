"""One door for data: a file or a folder of a kind we know."""

from pathlib import Path

from recommender.loaders.csv_file import load_csv
from recommender.loaders.log import DataError, Log
from recommender.loaders.parquet import load_parquet

FOLDERS = ("user_artists.dat", "plays.csv.gz", "plays.csv", "plays.parquet")
"""What a folder is read from: hetrec2011-lastfm's counts, or a list of plays."""
_PARQUET = b"PAR1"


def load(path: str | Path) -> Log:
    """The log in a file (CSV, TSV, gzip, Parquet) or a folder. DataError, one sentence, where there is none."""
    place = Path(path)
    try:
        if place.is_dir():
            found = next((place / name for name in FOLDERS if (place / name).is_file()), None)
            if found is None:
                raise DataError(f"{place} holds none of {', '.join(FOLDERS)}.")
            place = found
        if not place.exists():
            raise DataError(f"{place} does not exist.")
        if not place.is_file():
            raise DataError(f"{place} is not a file.")
        with place.open("rb") as file:
            begin = file.read(4)
    except OSError as error:
        raise DataError(f"{place} cannot be read: {error.strerror or error}.") from error
    return load_parquet(place) if begin == _PARQUET else load_csv(place)
