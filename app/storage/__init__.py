"""SQLite, and nothing else knows SQL."""
