"""The network, in one place: rules for every request, a log of each, and the client of signed model repositories.

Nothing here runs by itself and nothing opens a socket when it is imported. Whoever asks gives a log that is told of a
request before it leaves.
"""
