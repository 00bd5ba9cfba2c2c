#!/usr/bin/env python
"""Django's command line, on the settings that DJANGO_SETTINGS_MODULE names (production unless told otherwise)."""

import os
import sys

ON_A_COPY_OF_YOUR_OWN = """
docs/operations.md lists what production needs. On a copy of your own, say this first:
  export DJANGO_SETTINGS_MODULE=lms.settings.demo"""

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.production")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        # Django would go on without settings, and fail later with a traceback or an unknown command.
        settings.INSTALLED_APPS  # noqa: B018
    except ImproperlyConfigured as problem:
        sys.exit(f"{problem}{ON_A_COPY_OF_YOUR_OWN}")
    execute_from_command_line(sys.argv)
