"""The live process: carries news to open pages and knows nothing of contests.

A raw ASGI program beside Django, because open streams would cost Django a thread each. PostgreSQL's
NOTIFY brings the news (`leitai.foundation.live`), server-sent events carry it on: a version number,
or a snapshot that is read from the database once and sent to every watcher as the same bytes.
"""
