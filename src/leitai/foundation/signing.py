"""The key that signs what leaves the house: exports and certificates."""

import base64
import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.module_loading import import_string


def sign(words: bytes) -> bytes:
    """64 bytes, the same for the same words."""
    return _key().sign(words)


def public_key() -> str:
    """32 bytes in base64, as `leitai verify --key` takes it."""
    raw = _key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def fingerprint(key: str) -> str:
    """Short enough to be read out on the telephone."""
    digest = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    return " ".join(digest[i : i + 4] for i in range(0, 32, 4))


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(import_string(settings.SIGNING_SEED)())
