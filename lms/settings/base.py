"""Settings that hold everywhere: complete and safe by default, read from the environment."""

from pathlib import Path

import environ

from lms.settings.databases import database

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"

env = environ.Env()

DEBUG = False
PIPER_DEMO = False

# Who may make an account by themselves: "anyone", or "invited" only.
PIPER_REGISTRATION = env.str("PIPER_REGISTRATION", "anyone")
# Staff must have used a second factor in this session; only the demo turns this off.
PIPER_STAFF_MFA = True
PIPER_BASE_URL = WAGTAILADMIN_BASE_URL = env.str("PIPER_BASE_URL", "http://localhost:8000").rstrip("/")

# What the private keys of institutes are encrypted under, the newest first (docs/operations.md).
PIPER_KEY_SECRETS: list[str] = env.list("PIPER_KEY_SECRETS", default=[])

DATABASES = {"default": database(env, VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "lms",
    "lms.ui",
    "lms.audit",
    "lms.jobs",
    "lms.people",
    "lms.problems",
    "courses",
    "assessments",
    "certificates",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.middleware.request_time",
    "csp.middleware.CSPMiddleware",
    "lms.middleware.content_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lms.middleware.private_pages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "lms.people.second_factor.require_second_factor",
    "lms.middleware.institute_walls",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
FORM_RENDERER = "lms.ui.forms.PiperRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["lms.ui.templatetags.piper"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.views.navigation.navigation",
            ],
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = env.str("PIPER_STATIC_ROOT", str(VAR / "static"))
# Uploads and issued files. No address serves this folder: a view asks access.py first.
MEDIA_ROOT = env.str("PIPER_MEDIA_ROOT", str(VAR / "media"))
MEDIA_URL = "/media/"
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Without it a mail server that takes the call and says nothing would hold the clock, or a page, for ever.
EMAIL_TIMEOUT = 10  # seconds

LANGUAGE_CODE = "en-gb"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# allauth and our own limits count in a cache that all processes share.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}

# Wagtail's own work runs at once: with a queue and no worker its search index silently stays empty.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "jobs": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("PIPER_LOG_LEVEL", "INFO")},
    # Their INFO lines tell of each page saved and each style sheet read, and drown what an operator looks for.
    "loggers": {
        name: {"level": "WARNING"}
        for name in (
            "django_tasks",
            "django_tasks_db",
            "fontTools",
            "pikepdf",
            "wagtail",
            "weasyprint",
            "weasyprint.progress",
        )
    }
    # A forged seal is told to whoever showed it; it is no fault of the site's.
    | {name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")},
}

from lms.settings.accounts import *  # noqa: E402, F403 - one subject per file, one namespace for Django
from lms.settings.cms import *  # noqa: E402, F403 - as above
from lms.settings.security import *  # noqa: E402, F403 - as above
