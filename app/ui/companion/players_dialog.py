"""Which players are followed: a list with a box for each, those that are away too once they were left out."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.clean import clean
from app.domain.following import Following
from app.domain.words import say
from app.ui.companion.head import NAME_CHARS, name_of
from app.ui.controls import words_label
from app.ui.dialogs.base import Dialog
from app.ui.theme import CAPTION, MENU_ROW, scaled

_PLAYER: Final = Qt.ItemDataRole.UserRole


class PlayersDialog(Dialog):
    """Every change takes effect at once."""

    ignored = Signal(str, bool)

    def __init__(
        self, players: tuple[Following, ...], left_out: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        """``left_out``: the players of which nothing is kept, whether they are there or not."""
        super().__init__(say("Players"), parent, width=300)
        words = say("What plays in a player with a tick is remembered. Nothing is kept of the others.")
        self.body.addWidget(words_label(words, CAPTION, "text2"))
        self.list = QListWidget()
        self.list.setObjectName("boxed")
        self.list.setAccessibleName(say("Players"))
        self.list.setMinimumHeight(scaled(160))
        names = {one.player: name_of(one) for one in players}
        for player in left_out:
            names.setdefault(player, clean(player, NAME_CHARS))
        followed = {one.player for one in players if not one.ignored} - set(left_out)
        for player in sorted(names, key=lambda one: names[one].casefold()):
            self._add(player, names[player], followed=player in followed)
        self.list.itemChanged.connect(self._turned)
        self.empty = words_label(say("No player has been seen yet."), CAPTION, "text2")
        self.empty.setVisible(not names)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty)
        self.add_button(say("Done"), primary=True).clicked.connect(self.accept)
        self.fit_height(420)

    def _add(self, player: str, name: str, *, followed: bool) -> None:
        item = QListWidgetItem(name)
        item.setData(_PLAYER, player)
        item.setSizeHint(QSize(0, scaled(MENU_ROW)))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if followed else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _turned(self, item: QListWidgetItem) -> None:
        self.ignored.emit(item.data(_PLAYER), item.checkState() is not Qt.CheckState.Checked)
