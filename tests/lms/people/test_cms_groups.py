"""The CMS's groups follow the roles, and give what the roles say and no more."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, WorkflowPage
from wagtail.permissions import policy_registry

from courses.models import CoursePage, LessonPage
from lms.people import cms_groups
from lms.people.actions import memberships
from lms.people.models import Institute, User
from lms.people.roles import Role
from tests.factories import courses as course_factory
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(ines: User, ben: User, aldermoor: Institute, foundations: CoursePage, at: datetime) -> User:
    memberships.appoint(ben, Role.AUTHOR, aldermoor, by=ines, at=at)
    return User.objects.get(pk=ben.pk)


@pytest.fixture
def administrator(ines: User, ada: User, aldermoor: Institute, foundations: CoursePage, at: datetime) -> User:
    memberships.appoint(ada, Role.ADMINISTRATOR, aldermoor, by=ines, at=at)
    return User.objects.get(pk=ada.pk)


def rights(person: User, page: Page) -> dict[str, bool]:
    tester = page.permissions_for_user(person)
    return {
        "add": tester.can_add_subpage(),
        "edit": tester.can_edit(),
        "publish": tester.can_publish(),
    }


def test_an_author_drafts_at_their_own_institute_and_cannot_publish(author: User, lesson: LessonPage) -> None:
    assert rights(author, lesson.get_parent()) == {"add": True, "edit": True, "publish": False}
    assert rights(author, lesson) == {"add": False, "edit": True, "publish": False}


def test_an_administrator_publishes(administrator: User, lesson: LessonPage) -> None:
    assert rights(administrator, lesson.get_parent()) == {"add": True, "edit": True, "publish": True}


def test_neither_touches_another_institutes_pages(
    author: User, administrator: User, fenwick: Institute
) -> None:
    theirs = course_factory.course(fenwick, "Fenwick course")

    for person in (author, administrator):
        assert rights(person, theirs) == {"add": False, "edit": False, "publish": False}


def test_what_an_author_submits_goes_to_the_administrators_of_the_institute(
    author: User, administrator: User, lesson: LessonPage
) -> None:
    workflow = lesson.get_workflow()

    groups = [group.name for task in workflow.tasks.specific() for group in task.groups.all()]
    assert groups == ["aldermoor: administrators"]


def test_pictures_and_documents_go_into_the_institutes_own_collection(
    author: User, ines: User, otto: User, aldermoor: Institute, fenwick: Institute, at: datetime
) -> None:
    memberships.appoint(people.person("Fred"), Role.AUTHOR, fenwick, by=otto, at=at)

    policy = policy_registry.get_by_type(get_image_model())
    ours = Collection.objects.get(name__endswith="(aldermoor)")
    assert list(policy.collections_user_has_permission_for(author, "add")) == [ours]
    assert list(policy.collections_user_has_permission_for(author, "choose")) == [ours]


def test_standing_down_takes_the_rights_away(author: User, lesson: LessonPage, at: datetime) -> None:
    memberships.stand_down(author.memberships.get(), by=author, at=at)

    same = User.objects.get(pk=author.pk)
    assert rights(same, lesson) == {"add": False, "edit": False, "publish": False}
    assert not same.has_perm("wagtailadmin.access_admin")


def test_an_assessor_has_no_part_in_the_cms(
    ines: User, ben: User, aldermoor: Institute, at: datetime, sign_in: Any
) -> None:
    memberships.appoint(ben, Role.ASSESSOR, aldermoor, by=ines, at=at)

    assert not ben.groups.exists()
    assert sign_in(ben).get("/cms/").status_code == 302


def test_one_of_two_roles_goes_and_the_other_stays(
    ines: User, author: User, aldermoor: Institute, at: datetime
) -> None:
    memberships.appoint(author, Role.ADMINISTRATOR, aldermoor, by=ines, at=at)
    memberships.stand_down(author.memberships.get(role=Role.AUTHOR), by=author, at=at)

    assert [group.name for group in author.groups.all()] == ["aldermoor: administrators"]


def test_groups_equal_roles_after_the_actions(author: User, administrator: User) -> None:
    cms_groups.keep_all()

    assert list(cms_groups.faults()) == []


def test_a_difference_is_said_and_mended(author: User, ada: User, aldermoor: Institute) -> None:
    cms_groups.keep_all()
    author.groups.clear()
    ada.groups.add(cms_groups.group_of(Role.AUTHOR, aldermoor), Group.objects.create(name="Editors of old"))

    assert sorted(cms_groups.faults()) == [
        "Ada Bright is in the group “Editors of old”, which no role calls for.",
        "Ada Bright should not be in the group “aldermoor: authors”.",
        "Ben Carter should be in the group “aldermoor: authors”.",
    ]

    cms_groups.keep_all()

    assert list(cms_groups.faults()) == []


def test_rights_come_with_the_institutes_page_when_the_author_was_there_first(
    ines: User, ben: User, aldermoor: Institute, at: datetime
) -> None:
    memberships.appoint(ben, Role.AUTHOR, aldermoor, by=ines, at=at)
    course = course_factory.course(aldermoor)

    cms_groups.keep_all()
    cms_groups.keep_all()

    person = User.objects.get(pk=ben.pk)
    assert rights(person, course) == {"add": True, "edit": True, "publish": False}
    assert WorkflowPage.objects.filter(page=course.get_parent()).count() == 1
    assert Collection.objects.filter(name__endswith="(aldermoor)").count() == 1


@pytest.mark.parametrize("address", ["/cms/users/", "/cms/groups/", "/cms/users/new/", "/cms/groups/new/"])
def test_people_and_groups_in_the_cms_are_the_operators_alone(
    address: str, author: User, administrator: User, sign_in: Any
) -> None:
    operator = people.person("Olga", is_superuser=True, is_staff=True)

    for person in (author, administrator):
        refused = sign_in(person).get(address)
        assert (refused.status_code, refused.headers["Location"]) == (302, "/cms/")
    assert sign_in(operator).get(address).status_code == 200


def test_the_menu_of_the_cms_names_neither_people_nor_groups(
    author: User, administrator: User, sign_in: Any
) -> None:
    for person in (author, administrator):
        page = sign_in(person).get("/cms/").content.decode()

        assert "/cms/pages/" in page
        assert "/cms/users/" not in page
        assert "/cms/groups/" not in page


def test_an_administrator_opens_what_waits_for_their_review_and_nothing_of_another_institute(
    administrator: User, foundations: CoursePage, fenwick: Institute, sign_in: Any
) -> None:
    ours = course_factory.lesson(course_factory.module(foundations))
    theirs = course_factory.lesson(course_factory.module(course_factory.course(fenwick, "Elsewhere")))
    cms_groups.keep_all()
    browser = sign_in(administrator)

    assert browser.get(f"/cms/pages/{ours.pk}/edit/").status_code == 200
    assert browser.get(f"/cms/pages/{theirs.pk}/edit/").status_code == 404
    assert "Publish courses" in browser.get("/at/aldermoor/").content.decode()
