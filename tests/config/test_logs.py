"""The log: a bug is in it whole."""

import logging
import sys
from pathlib import Path

import pytest

from app.config.logs import log_bug, start_logging


def test_what_nobody_caught_is_logged_whole(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("a bug in a slot")
    except ValueError as error:
        log_bug(ValueError, error, error.__traceback__)
    assert [record.levelno for record in caplog.records] == [logging.CRITICAL]
    assert "ValueError: a bug in a slot" in caplog.text


def test_ctrl_c_is_no_bug(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    log_bug(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not caplog.records
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_a_full_log_goes_on_in_a_new_file_and_one_old_copy_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.config.logs._MOST_BYTES", 200)
    root, path = logging.getLogger(), tmp_path / "segue.log"
    before, level = list(root.handlers), root.level
    monkeypatch.setattr("sys.excepthook", sys.excepthook)
    try:
        start_logging(path)
        for number in range(20):
            logging.getLogger("test").warning("line %d of the log", number)
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers, root.level = before, level
    assert sorted(file.name for file in tmp_path.iterdir()) == ["segue.log", "segue.log.1"]
    both = (tmp_path / "segue.log.1").read_text() + path.read_text()
    assert "line 19 of the log" in both
    assert len(path.read_bytes()) < 300
