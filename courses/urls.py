"""Addresses of courses' own doors; the pages themselves are Wagtail's."""

from django.urls import URLPattern, path

from courses.views import activities, enrolments, problems, scenarios, simulator, steps

learner: list[URLPattern] = [
    path("courses/<slug:institute>/<slug:course>/enrol/", enrolments.course_enrol, name="course_enrol"),
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
]
