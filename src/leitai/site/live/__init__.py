"""The live process: tells open pages "version 41" and knows nothing else.

A raw ASGI program beside Django, because open streams would cost Django a thread each. PostgreSQL's
NOTIFY brings the news (`leitai.foundation.live.announce`), server-sent events carry it on.
"""
