"""The sources: each is one file, and one line here. The first that recognises a file reads it."""

from app.history.import_ import lastfm_csv, lastfm_json, listenbrainz, scrobbler_log, spotify
from app.history.import_.source import Head, Source

SOURCES: tuple[Source, ...] = (
    listenbrainz.SOURCE,
    lastfm_json.SOURCE,
    spotify.EXTENDED,
    spotify.ACCOUNT,
    scrobbler_log.SOURCE,
    lastfm_csv.MINUTES,
    lastfm_csv.SOURCE,
)


def source_of(head: Head) -> Source | None:
    """Who can read what begins like this."""
    return next((source for source in SOURCES if source.recognises(head)), None)
