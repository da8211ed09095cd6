"""A companion that the bus started leaves when nobody needs it, and not before."""

from PySide6.QtCore import QCoreApplication

from app.wiring.companion_unseen import Unseen, started_by_bus


def test_it_leaves_once_after_some_idle_looks_in_a_row(qapp: QCoreApplication) -> None:
    needed, left = [False], list[bool]()
    unseen = Unseen(lambda: needed[0], lambda: left.append(True))
    for _ in range(4):
        unseen.look()
    needed[0] = True
    unseen.look()
    needed[0] = False
    for _ in range(4):
        unseen.look()
    assert not left
    unseen.look()
    assert left == [True]


def test_it_knows_who_started_it() -> None:
    assert started_by_bus({"DBUS_STARTER_ADDRESS": "unix:path=/run/bus"})
    assert not started_by_bus({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus"})
