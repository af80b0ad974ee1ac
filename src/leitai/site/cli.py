"""The command `leitai`.

Three words start processes (`services`), four work on spreadsheets alone (`sheets`), and `verify`
and `verify-certificate` check what left the house, without a database. All others are management
commands of the house: a file `management/commands/<word>.py` in a room or in the site is enough, or
`leitai_<word>.py` where Python or Django has the plain word already (import, check).
"""

import os
import sys

from leitai import __version__


def main(words: list[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitai.site.settings")
    words = sys.argv[1:] if words is None else words
    if not words or words[0] in {"-h", "--help", "help"}:
        print(_overview())
        return 0
    if words[0] == "--version":
        print(f"Leitai {__version__}")
        return 0
    return _do(words[0], words[1:])


def _do(word: str, rest: list[str]) -> int:
    from leitai.site.sheets import SHEETS
    from leitai.site.verify import verify, verify_certificate

    if word == "verify":
        return verify(rest)
    if word == "verify-certificate":
        return verify_certificate(rest)
    if word in SHEETS:
        return SHEETS[word](rest)
    from leitai.site.services import SERVICES

    if word in SERVICES:
        return SERVICES[word](rest)
    from django.core.management import ManagementUtility

    if word == "manage":
        ManagementUtility(["leitai manage", *rest]).execute()
        return 0
    command = _commands().get(word)
    if command is None:
        print(f"leitai has no command {word!r}.\n\n{_overview()}", file=sys.stderr)
        return 2
    ManagementUtility(["leitai", command, *rest]).execute()
    return 0


def _commands() -> dict[str, str]:
    """Our own management commands, by the word people type."""
    import django
    from django.core.management import get_commands

    django.setup()
    ours = [name for name, app in get_commands().items() if str(app).startswith("leitai.")]
    words = [name for name in ours if not name.startswith("import_")]  # `import` names these
    return {name.removeprefix("leitai_"): name for name in sorted(words)}


def _overview() -> str:
    from django.core.management import get_commands, load_command_class

    from leitai.site.services import SERVICES
    from leitai.site.sheets import SHEETS
    from leitai.site.verify import verify, verify_certificate

    checks = {"verify": verify, "verify-certificate": verify_certificate}
    plain = {**SERVICES, **SHEETS, **checks}
    lines = {name: word.__doc__ or "" for name, word in plain.items()}
    for word, name in _commands().items():
        lines[word] = load_command_class(get_commands()[name], name).help.split("\n")[0]
    lines["manage"] = "any command of Django"
    listed = "\n".join(f"  {word:<10} {text}" for word, text in lines.items())
    return f"leitai WORD …  (leitai WORD --help tells more)\n\n{listed}"
