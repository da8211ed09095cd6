"""How one track goes over into the next, and how fast the music goes: the limits of both."""

MOST_CROSSFADE_S = 12
"""Seconds. No crossfade at all is 0."""

NORMAL_SPEED = 100
SLOWEST, FASTEST = 50, 200
"""Percent. Beyond, FFmpeg's ``atempo`` leaves parts of the sound out."""
