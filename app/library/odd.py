"""The sign that a fast reader met what it does not know."""


class OddError(Exception):
    """Anything unusual in a file: mutagen, slower and wiser, is asked instead."""
