"""What each part of ``org.segue.Recommender1`` does: shown by introspection."""

_A_TRACK = (
    "a file:// URI of this machine; a MusicBrainz recording id, also with mbid: before it; artist, tab, title; or "
    "what Segue calls it itself (track:12)"
)
_INTERFACE = """
What to hear next, why, and what was heard: Segue's suggestions for the programs of one user. Whoever may use this
session bus may ask, for the whole history of plays, too. Errors are org.segue.Error.* with a sentence.
"""
_RECOMMEND = f"""
Suggestions for seeds, in place of what plays now; for no seeds: for this moment. A seed is {_A_TRACK}.
Options: dial (s): familiar, forgotten or never. Suggestions have track, uri, title, artist, album, duration_ms, score,
reason, signal; mbid, start_ms and end_ms where there are. About has heading, state, dial, and unknown (as): seeds that
are not in the library; without any that is, the artist of the first that names one counts, else this moment.
"""
_WHY = f"""
What speaks for a track of the library, whether or not a list holds it: shares that add up to its score at this moment,
or to the score it was last suggested with, each with its signal, amount and words. A track is {_A_TRACK}.
"""
_FEEDBACK = """
Says love, not-now, less, never-track or never-artist of a track of the library. Gives a number to take it back by, and
what changed, in words.
"""
_HISTORY = """
The plays that began in a time (milliseconds since 1970, UTC; until 0: no end), the newest first. Plays have track,
title, artist, album, duration_ms, started_at_ms, played_ms, started_by, ended_by, listen, skip, client.
"""
_TELL = """
A player's plug-in tells what its player does, in the words of MPRIS: any of PlaybackStatus, Metadata, Position, Rate;
and ended (s) with how the track before ended: finished, skipped, failed or replaced. Only the companion follows others;
what a player says over MPRIS itself counts before it.
"""

DOCS: dict[str, str] = {
    "": _INTERFACE,
    "Recommend": _RECOMMEND,
    "Why": _WHY,
    "Feedback": _FEEDBACK,
    "TakeBack": "Takes back what Feedback said, exactly, by its number.",
    "History": _HISTORY,
    "Tell": _TELL,
    "Chosen": "A suggestion was chosen inside a player: its play, which begins there soon, counts as chosen.",
    "Untell": "A player that was told of is gone. So it is when the one who told leaves the bus.",
    "SuggestionsChanged": "What Recommend answers for this moment is another list now.",
    "PlayRecorded": "A play was kept: one row of History.",
    "Version": "The version of Segue.",
    "Serves": "Who answers: window or companion.",
    "Limits": "The most of each that is taken and given: seeds, suggestions, plays, and letters of a track.",
    "Following": "The players that are followed: player, name, state, title, artist, ignored. None for the window.",
}
"""By the name of the part; the interface itself has none."""
