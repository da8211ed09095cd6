"""The views in the centre of the window, each made once and reached by name."""

from collections.abc import Callable
from dataclasses import dataclass

from app.config.settings import TrackOrder
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.album_page import AlbumPage
from app.ui.views.albums import AlbumsView
from app.ui.views.artist_page import ArtistPage
from app.ui.views.artists import ArtistsView
from app.ui.views.genres import GenrePage, GenresView
from app.ui.views.grade import GradePage
from app.ui.views.history import HistoryView
from app.ui.views.home import HomeView
from app.ui.views.page import Page
from app.ui.views.playlist_page import PlaylistPage
from app.ui.views.playlists import PlaylistsView
from app.ui.views.search_results import SearchResultsView
from app.ui.views.statistics import StatisticsView
from app.ui.views.tracks import TracksView


@dataclass(frozen=True, slots=True)
class Views:
    """Every view by name, and those that are told something or tell it."""

    pages: dict[str, Page]
    """``home, albums, artists, tracks, genres, playlists, history, statistics, grade, search, album, artist,
    genre, playlist``."""
    album: AlbumPage
    artist: ArtistPage
    genre: GenrePage
    search: SearchResultsView
    tracks: TracksView
    playlists: PlaylistsView
    playlist: PlaylistPage

    @property
    def openers(self) -> dict[str, Callable[[str], None]]:
        """How each view that shows one thing is told which."""
        return {
            "album": self.album.show_album,
            "artist": self.artist.show_artist,
            "genre": self.genre.show_genre,
            "search": self.search.search,
            "playlist": self.playlist.show_playlist,
        }


def build(services: Services, theme: Theme, order: TrackOrder = "artist", descending: bool = False) -> Views:
    """Makes every view. None reads anything before it is first shown."""
    album, artist = AlbumPage(services, theme), ArtistPage(services, theme)
    genre, search = GenrePage(services, theme), SearchResultsView(services, theme)
    tracks = TracksView(services, theme, order, descending)
    playlists, playlist = PlaylistsView(services, theme), PlaylistPage(services, theme)
    pages: dict[str, Page] = {
        "home": HomeView(services, theme),
        "albums": AlbumsView(services, theme),
        "artists": ArtistsView(services, theme),
        "tracks": tracks,
        "genres": GenresView(services, theme),
        "playlists": playlists,
        "history": HistoryView(services, theme),
        "statistics": StatisticsView(services, theme),
        "grade": GradePage(services, theme),
        "search": search,
        "album": album,
        "artist": artist,
        "genre": genre,
        "playlist": playlist,
    }
    return Views(pages, album, artist, genre, search, tracks, playlists, playlist)


__all__ = ["Page", "Services", "Views", "build"]
