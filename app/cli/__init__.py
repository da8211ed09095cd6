"""The terminal commands: the same slices, without Qt."""
