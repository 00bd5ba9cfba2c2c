"""The WSGI door that the web server opens."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.production")

application = get_wsgi_application()

# All that is loaded here lives as long as the process. The garbage collector would look through it again
# every few requests, which took a fifth of a page's CPU time.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
# A page makes some ten thousand objects and lets go of nearly all of them by itself: look for rings more rarely.
gc.set_threshold(20_000, 20, 20)
