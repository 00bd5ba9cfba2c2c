"""The frame of every page, the pages that refuse, and the frame of every e-mail."""

import pytest
from django.template import Context, Template, engines
from django.template.loader import render_to_string

from lms.people.models import Institute

EMPTY = '{% extends "base.html" %}{% block title %}Marking{% endblock %}'


def drawn(source: str, **variables: object) -> str:
    return Template(source).render(Context(variables))


def test_a_title_is_followed_by_the_product() -> None:
    assert "<title>Marking – Piper</title>" in drawn(EMPTY)


def test_a_title_starts_with_error_when_the_page_has_problems() -> None:
    assert "<title>Error: Marking – Piper</title>" in drawn(EMPTY, page_has_errors=True)


def test_the_skip_link_leads_to_the_main_content() -> None:
    html = drawn(EMPTY)

    assert '<a class="skip-link" href="#main">' in html
    assert '<main id="main"' in html


def test_the_current_place_is_marked_in_the_navigation() -> None:
    nav = [
        {"label": "Marking", "url": "/at/a/marking/", "current": True},
        {"label": "Quality", "url": "/at/a/quality/", "current": False},
    ]

    html = drawn(EMPTY, nav=nav)

    assert '<a href="/at/a/marking/" aria-current="page">Marking</a>' in html
    assert '<a href="/at/a/quality/">Quality</a>' in html


def test_signing_out_is_a_button_that_posts() -> None:
    account = {
        "name": "Ada Learner",
        "items": [{"label": "Sign out", "url": "/accounts/logout/", "post": True}],
    }

    html = drawn(EMPTY, account=account)

    assert '<form method="post" action="/accounts/logout/"><button>Sign out</button></form>' in html


def test_who_is_not_signed_in_gets_links_and_no_menu() -> None:
    account = {"name": "", "items": [{"label": "Sign in", "url": "/accounts/login/"}]}

    html = drawn(EMPTY, account=account)

    assert '<a href="/accounts/login/">Sign in</a>' in html
    assert "<details" not in html


def test_an_institute_brings_its_own_style_sheet_last() -> None:
    html = drawn(EMPTY, institute=Institute(name="Aldermoor", slug="aldermoor", brand_colour="#005eb8"))

    assert html.index("pages.css") < html.index("/i/aldermoor/brand.")


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "503"])
def test_an_error_page_needs_neither_request_nor_context(name: str) -> None:
    html = engines["django"].get_template(f"{name}.html").render()

    assert html.count("<h1>") == 1


def test_a_refusal_says_what_to_do_and_where() -> None:
    html = render_to_string(
        "409.html",
        {"message": "Take the next one.", "action_url": "/queue/", "action_label": "Back to the queue"},
    )

    assert "<p>Take the next one.</p>" in html
    assert '<a class="button" href="/queue/">Back to the queue</a>' in html


def test_an_email_is_plain_text_and_keeps_its_signs() -> None:
    source = '{% extends "ui/email.txt" %}{% block body %}{{ name }} is ready.{% endblock %}'

    text = drawn(
        source, recipient_name="Ada O'Neill", name="Terms & prices", site_url="https://piper.example"
    )

    assert text == (
        "Dear Ada O'Neill,\n\nTerms & prices is ready.\n\nPiper\nhttps://piper.example\n"
        "This mailbox is not read. For help, write to your institute.\n"
    )
