"""A table whose columns the listener chooses, moves and widens; they always fill its width exactly."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from app.ui.delegates.text import line_height
from app.ui.delegates.track_row import GAP, Span
from app.ui.item_models.tracks import Column
from app.ui.theme import BODY, HEADER, XL, S, Theme, scaled
from app.ui.views.column_menu import column_menu
from app.ui.views.columns import Columns, column_widths
from app.ui.views.table_header import TableHeader


class ColumnTable(QTableView):
    """The half of the table of tracks that knows its columns; the other half fills them."""

    columns_changed = Signal(str)
    """The listener chose other columns: in words, as they are kept."""

    def __init__(self, theme: Theme, hidden: frozenset[Column], parent: QWidget | None = None) -> None:
        """``hidden``: columns that say nothing here."""
        super().__init__(parent)
        self._theme, self._hidden, self._hidden_always = theme, hidden, hidden
        self._columns, self._fitting = Columns(), False
        self.groupable = False
        self._spans: list[Span] = []
        self.setHorizontalHeader(TableHeader(self._theme, self))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setMinimumSectionSize(1)
        header.setFixedHeight(max(HEADER, line_height(BODY) + S))
        header.sectionResized.connect(self._section_dragged)
        header.sectionMoved.connect(self._section_moved)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_column_menu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns fill the width between the paddings; the first section carries the left padding."""
        widths = column_widths(max(self.width() - 2 * XL, 200), self._hidden, self._columns, scaled(100))
        header, x, self._spans, self._fitting = self.horizontalHeader(), XL, [], True
        for at, (column, width) in enumerate(widths.items()):
            header.moveSection(header.visualIndex(column), at)
            self.setColumnHidden(column, width == 0)
            if width:
                self.setColumnWidth(column, width + (XL if column == Column.TITLE else 0))
                self._spans.append((int(column), x, width))
                x += width
        last, x, width = self._spans[-1]
        self._spans[-1] = (last, x, width + GAP)
        self._fitting = False

    def set_columns(self, columns: Columns) -> None:
        """Other columns, or the same in another order or width."""
        self._columns = columns
        self._fit()
        self.horizontalHeader().viewport().update()
        self.viewport().update()

    @property
    def columns(self) -> Columns:
        """What the listener made of the columns."""
        return self._columns

    def _columns_chosen(self, columns: Columns) -> None:
        self.set_columns(columns)
        self.columns_changed.emit(columns.words())

    def _section_dragged(self, section: int, _before: int, width: int) -> None:
        if not self._fitting:
            self._columns_chosen(self._columns.dragged(Column(section), width))

    def _section_moved(self, _section: int, _before: int, _after: int) -> None:
        if not self._fitting:
            header = self.horizontalHeader()
            order = tuple(Column(header.logicalIndex(at)) for at in range(header.count()))
            self._columns_chosen(self._columns.ordered(order))

    def _open_column_menu(self, place: QPoint) -> None:
        menu = column_menu(self, self._theme, self._columns, self._columns_chosen, groupable=self.groupable)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def hide_columns(self, hidden: frozenset[Column]) -> None:
        """Leaves columns out that say nothing just now."""
        if hidden != self._hidden:
            self._hidden = hidden
            self._fit()
            self.viewport().update()

    def span_of(self, column: int) -> Span | None:
        """Where a column's cells stand."""
        return next((span for span in self._spans if span[0] == column), None)
