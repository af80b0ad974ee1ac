"""The key that signs what leaves the house."""

from leitai.foundation.signing import fingerprint, public_key, sign

__all__ = ["fingerprint", "public_key", "sign"]
