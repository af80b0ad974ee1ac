"""Solvers may take their time on a busy machine: properties are judged by truth, not by speed."""

from hypothesis import settings

settings.register_profile("algorithms", deadline=None)
settings.load_profile("algorithms")
