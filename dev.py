#!/usr/bin/env python3
"""Everything one does with Leitai while working on it, from a fresh machine on.

    python3 dev.py start      set up what is missing and run Leitai
    python3 dev.py test       run all tests (or those you name)
    python3 dev.py check      walk the house: format, types, imports, translations, migrations
    python3 dev.py messages   compile the translations and name what is missing
    python3 dev.py lock       pin the Python packages again after a change in requirements/*.in

Standard library only: it runs before anything is installed.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(f"Leitai needs Python 3.11 or later; this is {sys.version.split()[0]}.")
if sys.platform == "win32":
    sys.exit("Leitai runs on Linux and macOS; on Windows please use WSL.")

from workshop.words import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
