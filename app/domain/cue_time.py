"""Times of a cue sheet: 75 frames a second, kept in the library as whole milliseconds without losing a sample.

Two frames are 13 ms apart, so a rounded millisecond still tells which frame was meant, and from the frame follows the
sample: at 44.1 kHz it is exactly 588 samples a frame. A time that no frame rounds to is taken as the millisecond it is.
"""

FRAMES_A_SECOND = 75


def to_ms(frames: int) -> int:
    """The millisecond next to a frame.

    >>> to_ms(1), to_ms(75)
    (13, 1000)
    """
    return round(frames * 1000 / FRAMES_A_SECOND)


def to_sample(ms: int, rate: int) -> int:
    """The sample at which a time kept in milliseconds stands.

    >>> to_sample(13, 44_100), to_sample(14, 44_100)
    (588, 617)
    """
    frames = round(ms * FRAMES_A_SECOND / 1000)
    if to_ms(frames) == ms:
        return (frames * rate + FRAMES_A_SECOND // 2) // FRAMES_A_SECOND
    return round(ms * rate / 1000)
