"""Pictures of the real window over a made-up library: ``python -m tests.screenshots OUT``."""
