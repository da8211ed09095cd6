"""Builds what a listener installs: the program with its own Python, and the Debian package around it."""
