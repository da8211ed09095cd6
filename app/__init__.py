"""Segue: a desktop music player that knows its listener."""

__version__ = "0.1.0"
