"""Values only: no input, no output, no Qt. Everything else speaks in these words."""
