"""Histories from elsewhere become plays: one file a source, one line of the registry each."""
