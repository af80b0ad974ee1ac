"""The settings under test: the real ones, with a fast database and nothing left behind."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.databases import CLUSTER

if "PYTEST_XDIST_WORKER" not in os.environ:  # workers share what the first process set
    os.environ["LEITAI_DATA"] = tempfile.mkdtemp(prefix="leitai-test-")
    atexit.register(shutil.rmtree, os.environ["LEITAI_DATA"], ignore_errors=True)
    os.environ.setdefault("LEITAI_TEST_DB", str(os.getpid()))
# Databases that are dropped in between do not like a pool.
os.environ["LEITAI_NO_POOL"] = "1"
os.environ["LEITAI_SECRET_KEY"] = "only for tests, where a secret need not be secret"
os.environ.setdefault("DATABASE_URL", CLUSTER.url)

from leitai.site.settings import *  # noqa: F403
from leitai.site.settings import DATABASES, DJANGO_VITE, VITE_OUT

DATABASES["default"]["TEST"] = {"NAME": f"test_leitai_{os.environ['LEITAI_TEST_DB']}"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = Path(os.environ["LEITAI_DATA"])  # nothing is collected; finders serve the files
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Pages can be tested before `npm run build`; browser tests need it and say so.
DJANGO_VITE["default"]["dev_mode"] = not (VITE_OUT / "manifest.json").exists()
WORK_AT_ONCE = True  # jobs are done when they are asked for
