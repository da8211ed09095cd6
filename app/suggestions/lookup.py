"""Tracks of the library by what other programs call them."""

import re

from app.config.file_uri import path_of_uri
from app.domain.clean import clean
from app.domain.errors import UnknownTrack
from app.domain.ids import RecordingKey, TrackId
from app.domain.query import Query, Words
from app.domain.recording import is_mbid, named
from app.domain.text import search_form
from app.domain.track import Track
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore

LONGEST_CALL = 12_400
"""Letters: as long as the longest ``file:`` URI of a path that Linux takes."""
_LONGEST_NAME = 300
_LOOKED_AT = 50
_TRACK = re.compile(r"track:([0-9]{1,18})")


class Lookup:
    """Finds a track by one of four forms.

    ``file:///music/a.flac``, a file of this machine; ``mbid:`` and the id of a MusicBrainz recording, or the id alone;
    artist, tab, title; ``track:12``, as Segue itself calls it.
    """

    def __init__(self, tracks: TrackStore, search: SearchStore) -> None:
        self._tracks, self._search = tracks, search

    def track(self, call: str) -> Track | None:
        """The track that is meant, one that is there before one that is missing; ``None``: none in the library."""
        if len(call) > LONGEST_CALL:
            return None
        if numbered := _TRACK.fullmatch(call):
            return next(iter(self._tracks.get([TrackId(int(numbered[1]))])), None)
        if call.startswith("file:"):
            path = path_of_uri(call)
            return self._tracks.by_path(path) if path is not None else None
        mbid = call.removeprefix("mbid:").lower()
        if is_mbid(mbid):
            return self._by_key(RecordingKey("mbid:" + mbid))
        artist, tab, title = call.partition("\t")
        return self._by_names(clean(artist, _LONGEST_NAME), clean(title, _LONGEST_NAME)) if tab else None

    def known(self, call: str) -> Track:
        """The same.

        Raises:
            UnknownTrack: there is none in the library.
        """
        track = self.track(call)
        if track is None:
            raise UnknownTrack(f"Segue does not know the track {clean(call, 200)!r}.")
        return track

    def _by_key(self, key: RecordingKey) -> Track | None:
        ids = [trace.id for trace in self._tracks.traces_like("", key, "") if not trace.removed]
        return _best(self._tracks.get(ids))

    def _by_names(self, artist: str, title: str) -> Track | None:
        words = (Words(search_form(artist), "artist"), Words(search_form(title), "title"))
        if not all(each.text for each in words):
            return None
        found = self._tracks.get(self._search.ids(Query("", words), limit=_LOOKED_AT))
        meant = named(artist, title)
        return _best([t for t in found if meant in {named(t.artist, t.title), named(t.album_artist, t.title)}])


def artist_of(call: str) -> str:
    """The artist, where a track is named by artist, tab, title."""
    artist, tab, _ = call.partition("\t")
    return clean(artist, _LONGEST_NAME) if tab else ""


def _best(found: list[Track]) -> Track | None:
    return min(found, key=lambda track: (track.missing, track.id), default=None)
