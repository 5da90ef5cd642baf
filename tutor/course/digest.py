"""The hash by which texts are told apart: BLAKE2b."""

try:
    # hashlib would load OpenSSL, which nobody here needs: a thirtieth of the time to start.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
