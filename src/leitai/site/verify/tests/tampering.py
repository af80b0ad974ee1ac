"""An export, changed by somebody who knows how it is made."""

import hashlib
import json
import zipfile

from leitai.site.verify.archive import Archive
from leitai.site.verify.checking import of_archive
from leitai.site.verify.format import FIRST, MANIFEST, SIGNATURE, member, written


def unpacked(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members, path):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return path


def rows(members, kind):
    return [json.loads(line) for line in members[member(kind)].splitlines()]


def with_rows(members, kind, changed):
    """The same export with other rows of one kind: linked, counted and hashed anew, as a careful
    forger would; only the signature cannot be forged."""
    lines, mark = [], FIRST
    for row in changed:
        bare = {key: value for key, value in row.items() if key != "link"}
        line, mark = written(bare, before=mark)
        lines.append(line)
    content = b"".join(lines)
    manifest = json.loads(members[MANIFEST])
    for told in manifest["members"]:
        if told["name"] == member(kind):
            told |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content),
                     "rows": len(lines), "link": mark}  # fmt: skip
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return {**members, member(kind): content, MANIFEST: text}


def edited(members, kind, at, **changes):
    found = rows(members, kind)
    found[at] |= changes
    return with_rows(members, kind, found)


def report(members, tmp_path, **options):
    return of_archive(Archive(packed(members, tmp_path / "changed.zip")), **options)


def check(told, name):
    return next(check for check in told.checks if check.name == name)


def by_content(told):
    """The first finding that needs neither signature nor the hashes of members."""
    found = [f for c in told.checks if c.name not in ("signature", "members") for f in c.found]
    return found[0] if found else None


__all__ = ["MANIFEST", "SIGNATURE"]
