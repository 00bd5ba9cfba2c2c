"""The demonstration: real code and real checks, on loopback only, with accounts that anyone may use."""

from django.core.management.utils import get_random_secret_key

from lms.settings.base import *  # noqa: F403 - settings modules inherit so
from lms.settings.base import VAR, env

PIPER_DEMO = True
PIPER_STAFF_MFA = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = "Piper <piper@example.org>"
# Finders serve the static files as they are: collecting 1,600 of them takes ten seconds.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# One password is shared by the demonstration's accounts, so guessing limits would only lock visitors out.
ACCOUNT_RATE_LIMITS = False


def _kept_secret(name: str) -> str:
    """A secret of this copy's own, made on the first run and kept, so that sessions and seals survive a restart."""
    VAR.mkdir(exist_ok=True)
    path = VAR / name
    if not path.exists():
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = env.str("PIPER_SECRET_KEY", "") or _kept_secret("secret-key")
PIPER_KEY_SECRETS = env.list("PIPER_KEY_SECRETS", default=[]) or [_kept_secret("key-secret")]
