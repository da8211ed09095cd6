"""One file an algorithm, one line each in ``registry``."""
