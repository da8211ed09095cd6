"""How the fields that can be edited are called in each family of tags."""

from collections.abc import Iterable

VORBIS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "artist": ("artist",),
    "artists": ("artists",),
    "album": ("album",),
    "album_artist": ("albumartist", "album artist", "album_artist"),
    "title_sort": ("titlesort", "titlesortorder"),
    "artist_sort": ("artistsort", "artistsortorder"),
    "album_sort": ("albumsort", "albumsortorder"),
    "album_artist_sort": ("albumartistsort", "albumartistsortorder"),
    "track_no": ("tracknumber", "track"),
    "track_total": ("tracktotal", "totaltracks"),
    "disc_no": ("discnumber", "disc"),
    "disc_total": ("disctotal", "totaldiscs"),
    "date": ("date", "year"),
    "genre": ("genre",),
    "composer": ("composer",),
    "compilation": ("compilation", "itunescompilation"),
    "bpm": ("bpm",),
}
"""The first name is written, all of them are read and taken out; case does not count."""

APE = VORBIS | {
    "album_artist": ("album artist", "albumartist", "album_artist"),
    "track_no": ("track", "tracknumber"),
    "disc_no": ("disc", "discnumber"),
    "date": ("year", "date"),
}

ASF: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "artist": ("author", "artist"),
    "artists": ("wm/artists", "artists"),
    "album": ("wm/albumtitle", "album"),
    "album_artist": ("wm/albumartist", "albumartist", "album artist", "album_artist"),
    "title_sort": ("wm/titlesortorder", "titlesort", "titlesortorder"),
    "artist_sort": ("wm/artistsortorder", "artistsort", "artistsortorder"),
    "album_sort": ("wm/albumsortorder", "albumsort", "albumsortorder"),
    "album_artist_sort": ("wm/albumartistsortorder", "albumartistsort", "albumartistsortorder"),
    "track_no": ("wm/tracknumber", "tracknumber", "track"),
    "track_total": ("totaltracks", "tracktotal"),
    "disc_no": ("wm/partofset", "discnumber", "disc"),
    "disc_total": ("totaldiscs", "disctotal"),
    "date": ("wm/year", "date", "year"),
    "genre": ("wm/genre", "genre"),
    "composer": ("wm/composer", "composer"),
    "compilation": ("wm/iscompilation", "compilation", "itunescompilation"),
    "bpm": ("wm/beatsperminute", "bpm"),
}

MP4: dict[str, tuple[str, ...]] = {
    "title": ("\xa9nam", "title"),
    "artist": ("\xa9ART", "artist"),
    "artists": ("----:com.apple.iTunes:ARTISTS", "artists"),
    "album": ("\xa9alb", "album"),
    "album_artist": ("aART", "albumartist", "album artist", "album_artist"),
    "title_sort": ("sonm", "titlesort", "titlesortorder"),
    "artist_sort": ("soar", "artistsort", "artistsortorder"),
    "album_sort": ("soal", "albumsort", "albumsortorder"),
    "album_artist_sort": ("soaa", "albumartistsort", "albumartistsortorder"),
    "track_no": ("trkn", "tracknumber", "track"),
    "track_total": ("tracktotal", "totaltracks"),
    "disc_no": ("disk", "discnumber", "disc"),
    "disc_total": ("disctotal", "totaldiscs"),
    "date": ("\xa9day", "date", "year"),
    "genre": ("\xa9gen", "gnre", "genre"),
    "composer": ("\xa9wrt", "composer"),
    "compilation": ("cpil", "compilation", "itunescompilation"),
    "bpm": ("tmpo", "bpm"),
}
"""Names after the first are those of free-form atoms, whose owner does not count."""

ID3: dict[str, tuple[str, ...]] = {
    "title": ("TIT2", "title"),
    "artist": ("TPE1", "artist"),
    "artists": ("TXXX:ARTISTS", "artists"),
    "album": ("TALB", "album"),
    "album_artist": ("TPE2", "albumartist", "album artist", "album_artist"),
    "title_sort": ("TSOT", "XSOT", "titlesort", "titlesortorder"),
    "artist_sort": ("TSOP", "XSOP", "artistsort", "artistsortorder"),
    "album_sort": ("TSOA", "XSOA", "albumsort", "albumsortorder"),
    "album_artist_sort": ("TSO2", "albumartistsort", "albumartistsortorder"),
    "track_no": ("TRCK", "tracknumber", "track"),
    "track_total": ("tracktotal", "totaltracks"),
    "disc_no": ("TPOS", "discnumber", "disc"),
    "disc_total": ("disctotal", "totaldiscs"),
    "date": ("TDRC", "TYER", "TDAT", "TIME", "date", "year"),
    "genre": ("TCON", "genre"),
    "composer": ("TCOM", "composer"),
    "compilation": ("TCMP", "compilation", "itunescompilation"),
    "bpm": ("TBPM", "bpm"),
}
"""Names in small letters are descriptions of free-form frames (TXXX)."""

PAIRS = {"track_no": "track_total", "track_total": "track_no", "disc_no": "disc_total", "disc_total": "disc_no"}
"""A number and its total may stand in one place: who changes one writes both."""


def with_partners(names: Iterable[str]) -> tuple[str, ...]:
    """The fields and the other halves of their pairs."""
    return tuple(dict.fromkeys(half for name in names for half in (name, PAIRS.get(name, name))))
