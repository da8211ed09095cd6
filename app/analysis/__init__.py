"""Sound files looked at in the background, by processes of their own."""
