"""Keeps plays, and tells what happened."""
