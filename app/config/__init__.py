"""Where things are kept and what the listener chose: paths, settings, logs."""
