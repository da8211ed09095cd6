from app.playback.delay import Delay
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


def test_what_was_heard_before_stays_heard() -> None:
    time = Time()
    delay = Delay(0.1, time)
    delay.reset(500)
    assert delay.at(600) == 500
    time.seconds += 0.2
    assert delay.at(700) == 600


def test_the_heard_count_never_falls() -> None:
    time = Time()
    delay = Delay(0.1, time)
    found = []
    for taken in (100, 300, 200, 400):
        found.append(delay.at(taken))
        time.seconds += 0.2
    assert found == [0, 100, 300, 300]
