"""The views in the centre of the window, reached by name; each is made when it is first asked for."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from app.config.settings import TrackOrder
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.page import Page

if TYPE_CHECKING:
    from app.ui.views.album_page import AlbumPage
    from app.ui.views.artist_page import ArtistPage
    from app.ui.views.genres import GenrePage
    from app.ui.views.home import HomeView
    from app.ui.views.playlist_page import PlaylistPage
    from app.ui.views.playlists import PlaylistsView
    from app.ui.views.search_results import SearchResultsView
    from app.ui.views.tracks import TracksView

_PAGES: Final = {
    "home": ("home", "HomeView"),
    "albums": ("albums", "AlbumsView"),
    "artists": ("artists", "ArtistsView"),
    "tracks": ("tracks", "TracksView"),
    "genres": ("genres", "GenresView"),
    "playlists": ("playlists", "PlaylistsView"),
    "history": ("history", "HistoryView"),
    "statistics": ("statistics", "StatisticsView"),
    "grade": ("grade", "GradePage"),
    "search": ("search_results", "SearchResultsView"),
    "album": ("album_page", "AlbumPage"),
    "artist": ("artist_page", "ArtistPage"),
    "genre": ("genres", "GenrePage"),
    "playlist": ("playlist_page", "PlaylistPage"),
}
"""Where the class of each view is. Its code is read when the view is made: the first paint waits for one of them."""


def read_code(cancelled: Callable[[], bool]) -> None:
    """In a job, once the window is seen: reads the code of all views, so that none of them is waited for later."""
    for module in dict.fromkeys(module for module, _ in _PAGES.values()):
        if not cancelled():
            import_module(f"{__name__}.{module}")


class Views(Mapping[str, Page]):
    """Every view by name. None reads anything before it is first shown."""

    def __init__(
        self,
        services: Services,
        theme: Theme,
        order: TrackOrder = "artist",
        descending: bool = False,
        columns: str = "",
    ) -> None:
        """``order``, ``descending`` and ``columns``: how the table of all tracks was left."""
        self._services, self._theme, self._of_tracks = services, theme, (order, descending, columns)
        self._made: dict[str, Page] = {}
        self._told: list[Callable[[str, Page], None]] = []

    def when_made(self, told: Callable[[str, Page], None]) -> None:
        """``told`` is given every view there is, and those to come."""
        self._told.append(told)
        for name, page in self._made.items():
            told(name, page)

    def __getitem__(self, name: str) -> Page:
        if name not in self._made:
            self._made[name] = page = self._make(*_PAGES[name])
            for told in self._told:
                told(name, page)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in _PAGES

    def __iter__(self) -> Iterator[str]:
        return iter(_PAGES)

    def __len__(self) -> int:
        return len(_PAGES)

    def is_made(self, name: str) -> bool:
        """True once somebody asked for it."""
        return name in self._made

    def _make(self, module: str, kind: str) -> Page:
        made: Callable[..., Page] = getattr(import_module(f"{__name__}.{module}"), kind)
        return made(self._services, self._theme, *(self._of_tracks if module == "tracks" else ()))

    # Those that are told something, or tell it.

    @property
    def album(self) -> "AlbumPage":
        return cast("AlbumPage", self["album"])

    @property
    def artist(self) -> "ArtistPage":
        return cast("ArtistPage", self["artist"])

    @property
    def genre(self) -> "GenrePage":
        return cast("GenrePage", self["genre"])

    @property
    def search(self) -> "SearchResultsView":
        return cast("SearchResultsView", self["search"])

    @property
    def tracks(self) -> "TracksView":
        return cast("TracksView", self["tracks"])

    @property
    def playlists(self) -> "PlaylistsView":
        return cast("PlaylistsView", self["playlists"])

    @property
    def playlist(self) -> "PlaylistPage":
        return cast("PlaylistPage", self["playlist"])

    @property
    def openers(self) -> dict[str, Callable[[str], None]]:
        """How each view that shows one thing is told which."""
        return {
            "home": lambda name: cast("HomeView", self["home"]).open(name),
            "album": lambda key: self.album.show_album(key),
            "artist": lambda key: self.artist.show_artist(key),
            "genre": lambda key: self.genre.show_genre(key),
            "search": lambda key: self.search.search(key),
            "playlist": lambda key: self.playlist.show_playlist(key),
        }


__all__ = ["Page", "Services", "Views", "read_code"]
