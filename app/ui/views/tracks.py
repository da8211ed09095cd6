"""Every track in one table."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.config.settings import TrackOrder
from app.domain.ids import TrackId
from app.domain.words import say
from app.ui.controls import IconButton, TextButton
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.columns import columns_of
from app.ui.views.page import Page
from app.ui.views.track_table import TrackTable


class TracksView(Page):
    """The whole library as rows."""

    sorted_by = Signal(str, bool)
    columns_changed = Signal(str)

    def __init__(
        self,
        services: Services,
        theme: Theme,
        order: TrackOrder = "artist",
        descending: bool = False,
        columns: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(services, theme, say("Tracks"), parent=parent)
        self.table = TrackTable(services, theme, "tracks", whole_library=True, groupable=True)
        self.table.setAccessibleName(say("Tracks"))
        self.table.set_order(order, descending)
        self.table.sorted_by.connect(self.sorted_by)
        self.table.set_columns(columns_of(columns))
        self.table.columns_changed.connect(self.columns_changed)
        self.bodies([self.table])
        acts = self.table.actions_of_tracks
        acts.album_opened.connect(self.album_opened)
        acts.artist_opened.connect(self.artist_opened)
        self.groups = IconButton(theme, "groups", say("Group by album (Ctrl+G)"))
        self.groups.setCheckable(True)
        self.groups.setChecked(theme.grouped)
        self.groups.toggled.connect(theme.group)
        theme.grouped_changed.connect(self.groups.setChecked)
        self.head.add(self.groups)
        self._shuffle = TextButton(say("Shuffle all"))
        self._shuffle.clicked.connect(self._play_shuffled)
        self.head.add(self._shuffle)
        services.library.scan_started.connect(self.refresh_soon)

    def refresh(self) -> None:
        self.asking.ask("", self.services.library.count, self._counted)
        self.table.resort()

    def _counted(self, count: int) -> None:
        self.head.count(f"{count:,}" if count else "")
        self._shuffle.setVisible(count > 0)
        self.groups.setVisible(count > 0)
        if count:
            self.show_body(self.table)
        else:
            self.say_empty_library()

    def _play_shuffled(self) -> None:
        ids = [TrackId(one) for one in self.table.rows.ids()]
        self.table.actions_of_tracks.shuffle_ids(ids)
