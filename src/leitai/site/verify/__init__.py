"""Checking a contest that left the house, or one that is at home.

`archive` opens an export and `findings` says what does not fit. Each other file is one question:
does the journal's chain hold (`journal`), do the tables say what the journal says (`tables`), did
the draws keep their rules (`seats`), do the raw marks give the places (`standings`)?

Nothing here reads a database or settings; `leitai.site.export.live` brings live rows in.
"""


def verify(words: list[str]) -> int:
    """check an export of a contest, without a database; or, with --contest, a contest here"""
    if any(word.startswith("--contest") for word in words):
        import django

        django.setup()
    else:
        from leitai.site.sheets import ready

        ready.settle()  # before anything that speaks is imported
    from leitai.site.verify.command import run

    return run(words)


def verify_certificate(words: list[str]) -> int:
    """check a certificate by its signature, without a database and without a connection"""
    from leitai.site.sheets import ready

    ready.settle()
    from leitai.site.verify.certificates import run

    return run(words)
