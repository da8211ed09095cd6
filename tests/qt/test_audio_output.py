import subprocess
import sys

from app.qt.audio_output import Delay
from tests.playback.sounds import Time


def test_what_the_device_took_is_heard_a_little_later() -> None:
    time = Time()
    delay = Delay(0.1, time)
    assert delay.at(100) == 0
    time.seconds += 0.05
    assert delay.at(200) == 0
    time.seconds += 0.06
    assert delay.at(300) == 100
    time.seconds += 10
    assert delay.at(300) == 300
    delay.reset()
    assert delay.at(50) == 0


def test_a_pause_holds_what_is_on_its_way() -> None:
    time = Time()
    delay = Delay(0.1, time)
    delay.at(100)
    time.seconds += 0.05
    delay.hold()
    time.seconds += 60
    assert delay.at(100) == 0
    delay.go()
    assert delay.at(100) == 0
    time.seconds += 0.06
    assert delay.at(100) == 100


def test_the_heard_count_never_falls() -> None:
    time = Time()
    delay = Delay(0.1, time)
    found = []
    for taken in (100, 300, 200, 400):
        found.append(delay.at(taken))
        time.seconds += 0.2
    assert found == [0, 100, 300, 300]


def test_the_window_does_not_wait_for_sound_libraries() -> None:
    code = (
        "import sys, app.qt.playback_service, app.qt.audio_output\n"
        "print([name for name in ('av', 'numpy', 'PySide6.QtMultimedia') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
