"""What making a list took goes back to the system, also where the next list comes before."""

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.qt import giving_back
from app.qt.giving_back import GivingBack


def test_lists_that_follow_each_other_without_end_do_not_put_it_off(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving_back, "AFTER_MS", 40)
    given: list[int] = []
    giving = GivingBack(give_back=lambda: given.append(1))
    lists = QTimer(interval=2)
    lists.timeout.connect(giving.soon)
    lists.start()
    qtbot.waitUntil(lambda: len(given) >= 2)
    lists.stop()
