"""Production: everything secret or local comes from the environment, and a missing value stops the start."""

from lms.settings.base import *  # noqa: F403 - settings modules inherit so
from lms.settings.base import PIPER_BASE_URL, STORAGES, env

SECRET_KEY = env.str("PIPER_SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("PIPER_SECRET_KEY_FALLBACKS", default=[])
PIPER_KEY_SECRETS = env.list("PIPER_KEY_SECRETS")
ALLOWED_HOSTS = env.list("PIPER_HOSTS")
CSRF_TRUSTED_ORIGINS = [PIPER_BASE_URL]

vars().update(env.email_url("PIPER_EMAIL_URL"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("PIPER_FROM_EMAIL", f"piper@{ALLOWED_HOSTS[0]}")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PIPER_PROXIES", 1)
# Sub-domains and the browsers' preload list are the operator's to decide: both outlive a change of mind.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
