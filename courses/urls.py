"""Addresses of courses' own doors; the pages themselves are Wagtail's."""

from django.urls import URLPattern, path

from courses.views import activities, enrolments, log, problems, scenarios, simulator, steps

learner: list[URLPattern] = [
    path("courses/<slug:institute>/<slug:course>/enrol/", enrolments.course_enrol, name="course_enrol"),
    path("enrolments/<uuid:enrolment>/show/", enrolments.enrolment_show, name="enrolment_show"),
    path("enrolments/<uuid:enrolment>/leave/", enrolments.enrolment_leave, name="enrolment_leave"),
    path("enrolments/<uuid:enrolment>/steps/<int:step>/finish/", steps.step_finish, name="step_finish"),
    path(
        "enrolments/<uuid:enrolment>/lessons/<int:lesson>/activities/<slug:activity>/",
        activities.activity_answer,
        name="activity_answer",
    ),
    path(
        "enrolments/<uuid:enrolment>/steps/<int:step>/notes/<slug:task>/",
        simulator.simulator_note,
        name="simulator_note",
    ),
    path(
        "enrolments/<uuid:enrolment>/steps/<int:step>/begin/",
        scenarios.scenario_begin,
        name="scenario_begin",
    ),
    path("scenarios/<uuid:uuid>/decide/", scenarios.scenario_decide, name="scenario_decide"),
    path("lessons/<int:page>/problem/", problems.lesson_problem, name="lesson_problem"),
    path("log/", log.log_list, name="log_list"),
    path("log/new/", log.log_new, name="log_new"),
    path("log/export/", log.log_export, name="log_export"),
    path("log/<uuid:uuid>/", log.log_entry, name="log_entry"),
    path("log/<uuid:uuid>/edit/", log.log_edit, name="log_edit"),
    path("log/<uuid:uuid>/delete/", log.log_delete, name="log_delete"),
    path("log/<uuid:uuid>/shown/<int:share>/end/", log.log_unshare, name="log_unshare"),
]
desk: list[URLPattern] = [
    path("logs/", log.shared_log_list, name="shared_log_list"),
    path("logs/<uuid:uuid>/", log.shared_log, name="shared_log"),
]
