"""Where models come from: each provider is one file and one line of the registry."""
