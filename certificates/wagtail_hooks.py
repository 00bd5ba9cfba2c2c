"""The places on courses' pages where certificates stand."""

from wagtail import hooks

from certificates.views import slots

hooks.register("course_aside", slots.route_to_certification)
hooks.register("institute_panels", slots.what_it_certifies)
