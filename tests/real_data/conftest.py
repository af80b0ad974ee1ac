"""Inputs that nobody here made. Tests that need them say what they skip."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real_file():
    """The path of a file of real data, or a skip that names it."""

    def find(name: str) -> Path:
        folder = os.environ.get("LEITAI_REAL_DATA")
        if not folder or not (Path(folder) / name).exists():
            pytest.skip(f"needs {name}: name its folder in LEITAI_REAL_DATA")
        return Path(folder) / name

    return find
