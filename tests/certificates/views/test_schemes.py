"""Schemes, to be read."""

from dataclasses import replace

from certificates.actions.schemes import Asked, Wanted, publish
from lms.people.roles import Role
from tests.factories import courses as course_factory
from tests.factories import people

LIST = "/at/aldermoor/schemes/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_without_a_scheme_the_page_says_where_they_come_from(rosa, sign_in):
    assert "No scheme yet" in text(sign_in(rosa).get(LIST))


def test_a_scheme_shows_what_it_asks_for_and_its_earlier_versions(
    foundations, quiz, brief, aldermoor, rosa, at, sign_in
):
    wanted = Wanted(
        slug="foundations-certificate",
        course=foundations,
        title="Foundations of commissioning",
        level="foundation",
        statement="has shown it.",
        validity_months=24,
        design="classic",
        competencies=[course_factory.competency(aldermoor)],
        requirements=[Asked("quiz", quiz)],
    )
    publish(wanted, at=at)
    publish(replace(wanted, requirements=[Asked("quiz", quiz), Asked("assignment", brief, 3)]), at=at)

    shown = text(sign_in(rosa).get(LIST))

    for each in (
        "Version 2, since 23 November 2026",
        "Be found competent in an assignment: Commissioning brief, band 3 or better on every criterion",
        "The holder has shown it.",
        "1 earlier version",
    ):
        assert each in shown


def test_another_institutes_schemes_are_not_shown(scheme, fenwick, sign_in):
    fran = people.person("Fran", "Keller")
    people.appoint(fran, Role.REGISTRAR, fenwick)

    assert "No scheme yet" in text(sign_in(fran).get("/at/fenwick/schemes/"))
