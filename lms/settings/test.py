"""The test suite: the product's own settings, with a fast hasher, mail in memory and a test database."""

import hashlib
import os

from lms.settings.base import *  # noqa: F403 - settings modules inherit so
from lms.settings.base import DATABASES, ROOT, VAR

SECRET_KEY = "only-for-tests"  # noqa: S105 - signs nothing that leaves the suite
PIPER_KEY_SECRETS = ["only-for-tests: it keeps no key that seals anything"]
ALLOWED_HOSTS = ["testserver", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False
MEDIA_ROOT = VAR / "test-media"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True


def _migrations_digest() -> str:
    """A changed migration names a new test database, so `--reuse-db` never meets a stale one."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("**/migrations/*.py")):
        if ".venv" not in path.parts:
            digest.update(path.read_bytes())
    digest.update((ROOT / "lms" / "guards" / "table.py").read_bytes())
    return digest.hexdigest()[:12]


VAR.mkdir(exist_ok=True)
# Two runs beside each other on one machine each want a database of their own.
_run = os.environ.get("PIPER_TEST_RUN", "") + _migrations_digest()
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: the race tests fork processes that all need to see it.
    DATABASES["default"]["TEST"] = {"NAME": VAR / f"test-{_run}.sqlite3"}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_piper_{_run}"}
    # A test fills its tables and reads them in one transaction, so the database never counts them: a plan that was made
    # while they were empty, and kept, took four seconds for one statement. Values are bound by the server all the same.
    DATABASES["default"]["OPTIONS"]["prepare_threshold"] = None
