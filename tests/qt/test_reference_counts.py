"""Some builds of the Qt binding lose a reference on each call, until Python falls over; ours must not."""

import sys

from PySide6.QtCore import QCoreApplication, QObject, Signal

_TIMES = 100
_NOISE = 20
"""References come and go for other reasons; a leak is one a call."""


class Teller(QObject):
    told = Signal(bool)


def test_emitting_true_does_not_use_it_up(qapp: QCoreApplication) -> None:
    teller, heard = Teller(), list[bool]()
    teller.told.connect(heard.append)
    before = sys.getrefcount(True)
    for _ in range(_TIMES):
        teller.told.emit(True)
    heard_count = len(heard)
    heard.clear()
    assert heard_count == _TIMES
    assert sys.getrefcount(True) > before - _NOISE


def test_processing_events_and_naming_do_not_use_up_none(qapp: QCoreApplication) -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for number in range(_TIMES):
        QCoreApplication.processEvents()
        thing.setObjectName(str(number))
    assert sys.getrefcount(None) > before - _NOISE
