"""Readings that do not keep the window waiting: one at a time for each who asks, and a late answer is dropped."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.ui.services import Library

_T = TypeVar("_T")


class Asking:
    """What one view asks. Of the readings wanted while one goes on, only the last is done.

    An answer is shown if the view still wants the same thing, even when it is to be read anew: so a view that is asked
    to refresh faster than it can read shows something all the same.
    """

    def __init__(self, library: Library, owner: QObject) -> None:
        """``owner``: who asks, for whom nothing is shown once it has ended: another language brings another window."""
        self._library, self._owner = library, owner
        self._what: Hashable = None
        self._next: Callable[[], None] | None = None
        self._busy = False

    def ask(self, what: Hashable, read: Callable[[], _T], show: Callable[[_T], None]) -> None:
        """Reads off the window's thread and shows the answer, if ``what`` is still wanted when it comes."""
        self._what = what

        def begin() -> None:
            def came(answer: _T) -> None:
                if self._what == what and isValid(self._owner):
                    show(answer)
                self._ended()

            self._busy = True
            self._library.read(read, came, self._ended)

        if self._busy:
            self._next = begin
        else:
            begin()

    def forget(self) -> None:
        """Nothing is wanted any more."""
        self._what, self._next = None, None

    def _ended(self) -> None:
        self._busy = False
        begin, self._next = self._next, None
        if begin is not None:
            begin()
