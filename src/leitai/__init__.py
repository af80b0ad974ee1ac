"""Leitai 擂台: a contest from the first call to the last handshake."""

__version__ = "0.1.0"
