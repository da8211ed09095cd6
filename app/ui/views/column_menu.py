"""The menu of a table's headings: which columns there are, and how close the rows stand."""

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.config.settings import Density
from app.domain.words import mark, say
from app.ui.item_models.tracks import HEADINGS, Column
from app.ui.theme import Theme
from app.ui.views.columns import Columns

_DENSITIES: Final[tuple[tuple[Density, str], ...]] = (
    ("compact", mark("Compact rows")),
    ("normal", mark("Normal rows")),
    ("roomy", mark("Roomy rows")),
)


def column_menu(
    parent: QWidget, theme: Theme, columns: Columns, chosen: Callable[[Columns], None], *, groupable: bool = False
) -> QMenu:
    """``chosen`` is given what the columns are to be. ``groupable``: rows can stand under headings."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    for column in Column:
        action = menu.addAction(say(HEADINGS[column]))
        action.setCheckable(True)
        action.setChecked(column in columns.shown)
        action.setEnabled(column != Column.TITLE)
        action.triggered.connect(lambda _checked=False, column=column: chosen(columns.toggled(column)))
    menu.addSeparator()
    if groupable:
        headings = menu.addAction(say("Group by album"))
        headings.setCheckable(True)
        headings.setChecked(theme.grouped)
        headings.triggered.connect(theme.group)
        menu.addSeparator()
    group = QActionGroup(menu)
    for density, words in _DENSITIES:
        action = menu.addAction(say(words))
        action.setCheckable(True)
        action.setChecked(density == theme.density)
        action.triggered.connect(lambda _checked=False, density=density: theme.choose_density(density))
        group.addAction(action)
    menu.addSeparator()
    usual = menu.addAction(say("Usual columns"))
    usual.setEnabled(bool(columns.words()))
    usual.triggered.connect(lambda _checked=False: chosen(Columns()))
    return menu
