"""BLAKE2b as :mod:`hashlib` has it, without the OpenSSL that comes along with that: a tag reader starts sooner."""

try:
    from _blake2 import blake2b
except ImportError:  # a Python that keeps it in another place
    from hashlib import blake2b

__all__ = ["blake2b"]
