"""Opening an export that may come from anybody: nothing is unpacked to disk or held whole."""

import base64
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitai.foundation.files.archives import EXPORT, check_directory
from leitai.foundation.files.bad import BadFile
from leitai.site.verify.findings import Check, Row
from leitai.site.verify.format import FIRST, FORMAT, MANIFEST, SIGNATURE, VERSION, follows, member

CHUNK = 1 << 18
LONGEST_MANIFEST = 256 << 20
LONGEST_LINE = 64 << 20
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


class Unreadable(ValueError):
    """This is no export of ours, or nothing that should be opened."""


class Archive:
    """An export whose directory is sound. Its rows are read a line at a time."""

    def __init__(self, path: Path) -> None:
        try:
            stream = path.open("rb")
        except OSError as error:
            text = _("{path} cannot be read: {why}.")
            raise Unreadable(text.format(path=path, why=error.strerror)) from error
        try:
            self.names = check_directory(stream, limits=EXPORT)
        except BadFile as bad:
            raise Unreadable(f"{path}: {bad.reason}") from bad
        self.zip = zipfile.ZipFile(stream)
        self.manifest_bytes = self._whole(MANIFEST, LONGEST_MANIFEST)
        self.manifest = self._understood()

    @property
    def is_public(self) -> bool:
        return self.manifest.get("mode") == "public"

    def rows(self, kind: str) -> Iterator[tuple[int, Row]]:
        """Lines that are no rows are passed over: `whole` has named them."""
        if member(kind) not in self.names:
            return
        for n, line in enumerate(self._lines(member(kind)), 1):
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(row, dict):
                yield n, row

    def signed(self, key: str) -> Check:
        """Is the manifest signed, by this key or else by the one it names itself?"""
        check = Check("signature", looked_at=1)
        named = (self.manifest.get("key") or {}).get("public", "")
        if key and key != named:
            check.say(gettext_noop("It names another public key than the one you gave: {named}."),
                      where=MANIFEST, named=named)  # fmt: skip
        if SIGNATURE not in self.names:
            check.say(gettext_noop("There is no signature."), where=SIGNATURE)
            return check
        try:
            public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key or named))
            public.verify(self._whole(SIGNATURE, 1024), self.manifest_bytes)
        except (InvalidSignature, ValueError, TypeError, Unreadable):
            check.say(gettext_noop("It is not the signature of this key over this manifest."),
                      where=SIGNATURE)  # fmt: skip
        if not key:
            check.pass_over(
                gettext_noop("Whether the key {named} is the platform's own: compare it with the "
                             "platform's public page, or give it with --key."), named=named,
            )  # fmt: skip
        return check

    def whole(self) -> Check:
        """Is every member there, byte for byte, and nothing besides?"""
        check = Check("members")
        told = {m["name"]: m for m in self.manifest["members"]}
        for name in sorted(set(self.names) - told.keys() - {MANIFEST, SIGNATURE}):
            check.say(gettext_noop("The manifest does not know this member."), where=name)
        for name, promised in told.items():
            check.looked_at += 1
            if name not in self.names:
                check.say(gettext_noop("The manifest promises this member; it is not here."),
                          where=name)  # fmt: skip
                continue
            self._compare(check, name, promised)
        return check

    def _compare(self, check: Check, name: str, promised: dict[str, Any]) -> None:
        digest, before = hashlib.sha256(), check.total
        try:
            if name.startswith("rows/"):
                self._linked(check, name, promised, digest)
            else:
                with self.zip.open(name) as stream:
                    while piece := stream.read(CHUNK):
                        digest.update(piece)
        except (*DAMAGED, Unreadable):
            check.say(gettext_noop("This member is damaged and cannot be read to its end."),
                      where=name)  # fmt: skip
            return
        if digest.hexdigest() != promised.get("sha256") and check.total == before:
            words = gettext_noop("Its SHA-256 is {found}; the manifest says {expected}.")
            expected = promised.get("sha256")
            check.say(words, where=name, found=digest.hexdigest(), expected=expected)

    def _linked(self, check: Check, name: str, promised: dict[str, Any], digest: Any) -> None:
        """Every line follows from the one before; the first that does not is named."""
        mark, n, is_named = FIRST, 0, False
        for n, line in enumerate(self._lines(name), 1):
            digest.update(line)
            mark, is_next = follows(line, before=mark)
            if not is_next and not is_named:
                is_named = True
                check.say(gettext_noop("This row is not as it was exported, or one before it is "
                                       "missing: its link should be {expected}."),
                          where=name, line=n, expected=mark)  # fmt: skip
        if n != promised.get("rows") and not is_named:
            check.say(gettext_noop("There are {found} rows; the manifest says {expected}."),
                      where=name, line=n, found=n, expected=promised.get("rows"))  # fmt: skip

    def _lines(self, name: str) -> Iterator[bytes]:
        try:
            with self.zip.open(name) as stream:
                while line := stream.readline(LONGEST_LINE):
                    if len(line) == LONGEST_LINE:
                        raise Unreadable(name)
                    yield line
        except DAMAGED as error:
            raise Unreadable(_("{name} is damaged.").format(name=name)) from error

    def _whole(self, name: str, limit: int) -> bytes:
        if name not in self.names:
            raise Unreadable(
                _("This is no export of a contest: it has no {name}.").format(name=name)
            )
        try:
            with self.zip.open(name) as stream:
                words = _read(stream, limit)
        except DAMAGED as error:
            raise Unreadable(_("{name} is damaged.").format(name=name)) from error
        if len(words) > limit:
            raise Unreadable(_("{name} is too long to be ours.").format(name=name))
        return words

    def _understood(self) -> dict[str, Any]:
        try:
            told = json.loads(self.manifest_bytes)
            members = told["members"]
            sound = all(isinstance(m["name"], str) for m in members)
            about = told["contest"]["id"], told["journal"]["lines"], told["journal"]["hash"]
            sound = sound and told["format"] == FORMAT and len(about) == 3
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Unreadable(_("The manifest cannot be understood.")) from error
        if not sound:
            raise Unreadable(_("The manifest cannot be understood."))
        if told.get("version") != VERSION:
            text = _("This export is of format {found}; this Leitai reads format {known}.")
            raise Unreadable(text.format(found=told.get("version"), known=VERSION))
        return told


def _read(stream: IO[bytes], limit: int) -> bytes:
    return stream.read(limit + 1)
