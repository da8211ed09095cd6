"""Files on disk become tracks. Mutagen lives here alone."""
