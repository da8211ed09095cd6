"""The interfaces of MPRIS 2.2 as the specification has them, written out by hand."""

METHODS = {
    "org.mpris.MediaPlayer2": {"Raise": "", "Quit": ""},
    "org.mpris.MediaPlayer2.Player": {
        "Next": "",
        "Previous": "",
        "Pause": "",
        "PlayPause": "",
        "Stop": "",
        "Play": "",
        "Seek": "x",
        "SetPosition": "ox",
        "OpenUri": "s",
    },
    "org.mpris.MediaPlayer2.TrackList": {
        "GetTracksMetadata": "ao>aa{sv}",
        "AddTrack": "sob",
        "RemoveTrack": "o",
        "GoTo": "o",
    },
    "org.mpris.MediaPlayer2.Playlists": {"ActivatePlaylist": "o", "GetPlaylists": "uusb>a(oss)"},
}
"""Method to the signature of what it takes, and behind > of what it gives."""

ARGUMENTS = {
    "Seek": ["Offset"],
    "SetPosition": ["TrackId", "Position"],
    "OpenUri": ["Uri"],
    "GetTracksMetadata": ["TrackIds"],
    "AddTrack": ["Uri", "AfterTrack", "SetAsCurrent"],
    "RemoveTrack": ["TrackId"],
    "GoTo": ["TrackId"],
    "ActivatePlaylist": ["PlaylistId"],
    "GetPlaylists": ["Index", "MaxCount", "Order", "ReverseOrder"],
}

SIGNALS = {
    "org.mpris.MediaPlayer2": {},
    "org.mpris.MediaPlayer2.Player": {"Seeked": "x"},
    "org.mpris.MediaPlayer2.TrackList": {
        "TrackListReplaced": "aoo",
        "TrackAdded": "a{sv}o",
        "TrackRemoved": "o",
        "TrackMetadataChanged": "oa{sv}",
    },
    "org.mpris.MediaPlayer2.Playlists": {"PlaylistChanged": "(oss)"},
}

PROPERTIES = {
    "org.mpris.MediaPlayer2": {
        "CanQuit": ("b", "read"),
        "Fullscreen": ("b", "readwrite"),
        "CanSetFullscreen": ("b", "read"),
        "CanRaise": ("b", "read"),
        "HasTrackList": ("b", "read"),
        "Identity": ("s", "read"),
        "DesktopEntry": ("s", "read"),
        "SupportedUriSchemes": ("as", "read"),
        "SupportedMimeTypes": ("as", "read"),
    },
    "org.mpris.MediaPlayer2.Player": {
        "PlaybackStatus": ("s", "read"),
        "LoopStatus": ("s", "readwrite"),
        "Rate": ("d", "readwrite"),
        "Shuffle": ("b", "readwrite"),
        "Metadata": ("a{sv}", "read"),
        "Volume": ("d", "readwrite"),
        "Position": ("x", "read"),
        "MinimumRate": ("d", "read"),
        "MaximumRate": ("d", "read"),
        "CanGoNext": ("b", "read"),
        "CanGoPrevious": ("b", "read"),
        "CanPlay": ("b", "read"),
        "CanPause": ("b", "read"),
        "CanSeek": ("b", "read"),
        "CanControl": ("b", "read"),
    },
    "org.mpris.MediaPlayer2.TrackList": {"Tracks": ("ao", "read"), "CanEditTracks": ("b", "read")},
    "org.mpris.MediaPlayer2.Playlists": {
        "PlaylistCount": ("u", "read"),
        "Orderings": ("as", "read"),
        "ActivePlaylist": ("(b(oss))", "read"),
    },
}

METADATA = {
    "mpris:trackid": "o",
    "mpris:length": "x",
    "mpris:artUrl": "s",
    "xesam:album": "s",
    "xesam:albumArtist": "as",
    "xesam:artist": "as",
    "xesam:contentCreated": "s",
    "xesam:discNumber": "i",
    "xesam:genre": "as",
    "xesam:title": "s",
    "xesam:trackNumber": "i",
    "xesam:url": "s",
    "xesam:userRating": "d",
}

UNTOLD = {"Position", "CanControl"}
"""Properties whose changes are not signalled."""
