"""What the surroundings tell Leitai: the only place that reads environment variables.

Plain Python, because the live process and the commands read it without Django.

| variable | meaning | when absent |
|---|---|---|
| LEITAI_DATA | the folder for everything kept outside the database | `.data` |
| DATABASE_URL | a PostgreSQL server | the one Leitai brings along, in LEITAI_DATA/pg |
| LEITAI_SECRET_KEY | signs sessions, links and tokens | made once, kept in LEITAI_DATA/secret |
| LEITAI_SIGNING_KEY | signs exports: 32 bytes in base64 | made once, in LEITAI_DATA/signing |
| LEITAI_HOSTS | host names Leitai answers to, separated by commas | this machine's own names |
| LEITAI_ORIGIN | the address people type: https://leitai.example.org | http, any host |
| LEITAI_PORT | the port of the web process | 8000 |
| LEITAI_LIVE | where browsers find the live process; `/live/` behind a proxy | see `live_port` |
| LEITAI_LIVE_PORT | the port of the live process | 8001 |
| LEITAI_DEMO | 1: sign in with one click per role | off |
| LEITAI_NO_POOL | 1: open connections one by one, for short commands | a pool |
| LEITAI_DEBUG | 1: show errors in full; never in public | off |
| LEITAI_MAIL | smtp://user:password@host:587 (smtps:// for 465) | files in LEITAI_DATA/mail |
| LEITAI_MAIL_FROM | the sender | leitai@localhost |
| LEITAI_MAIL_BOUNCES | where mail that comes back is sent (for `leitai bounces`) | the sender |
"""

import base64
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from leitai.foundation.postgres import Cluster

PROJECT = Path(__file__).resolve().parents[3]


def flag(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def demo() -> bool:
    """A demo lets everybody in as anybody and shows every letter, so it stays away from people."""
    is_on = flag("LEITAI_DEMO")
    if is_on and os.environ.get("LEITAI_MAIL"):
        raise ValueError(
            "LEITAI_DEMO opens every door and LEITAI_MAIL writes to real people: set only one."
        )
    return is_on


def words(name: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def data_folder() -> Path:
    given = os.environ.get("LEITAI_DATA")
    return Path(given).absolute() if given else PROJECT / ".data"


def database_url() -> str:
    given = os.environ.get("DATABASE_URL")
    return given or Cluster(folder=data_folder() / "pg").url


def web_port() -> int:
    return int(os.environ.get("LEITAI_PORT", "8000"))


def live_port() -> int:
    return int(os.environ.get("LEITAI_LIVE_PORT", "8001"))


def secret_key() -> str:
    return os.environ.get("LEITAI_SECRET_KEY") or kept_secret(data_folder() / "secret")


def signing_seed() -> bytes:
    """The private half of the key that signs exports; keep it as long as anybody may check one."""
    given = os.environ.get("LEITAI_SIGNING_KEY")
    file = data_folder() / "signing"
    words = given or kept_secret(file, base64.b64encode(secrets.token_bytes(32)).decode())
    try:
        seed = base64.b64decode(words, validate=True)
    except ValueError:
        seed = b""
    if len(seed) != 32:
        where = "LEITAI_SIGNING_KEY" if given else str(file)
        raise ValueError(f"{where} must hold 32 bytes in base64; `openssl rand -base64 32`.")
    return seed


def kept_secret(file: Path, words: str = "") -> str:
    """Made once; of several processes that start together, one makes it and all read the same."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(words or secrets.token_urlsafe(50))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()


def database(url: str) -> dict[str, Any]:
    """Django's words for a DATABASE_URL; what follows the `?` goes to the driver as it is."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgresql:// – Leitai runs on PostgreSQL.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": options.pop("port", None) or str(parts.port or ""),
        "OPTIONS": options,
    }


def mail(folder: Path) -> dict[str, Any]:
    """Django's settings for mail; without a server each mail becomes a file one can read."""
    sender = os.environ.get("LEITAI_MAIL_FROM", "leitai@localhost")
    senders = {
        "DEFAULT_FROM_EMAIL": sender,
        "MAIL_ENVELOPE": os.environ.get("LEITAI_MAIL_BOUNCES", sender),
    }
    url = os.environ.get("LEITAI_MAIL")
    if not url:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": folder, **senders}
    parts = urlsplit(url)
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and parts.username is not None,
        "EMAIL_TIMEOUT": 20,
        **senders,
    }
