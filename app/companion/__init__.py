"""Follows what other players of the desktop play: what they say, cleaned, and one play a track. No Qt, no bus."""
