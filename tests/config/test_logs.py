"""The log: a bug is in it whole."""

import logging

import pytest

from app.config.logs import log_bug


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
