"""From files to arrays: who met what, when and how often. One file a format, one line of ``load``."""
