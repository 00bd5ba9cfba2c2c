"""Where the demonstration plays: two institutes that must not see each other, two employers, and the site's pages."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from courses.models import HomePage, InstitutePage
from lms.demonstration.cast import ALDERMOOR, BOARD, COUNCIL, FENWICK
from lms.operations import content
from lms.operations.opening import front_door
from lms.people.models import Institute, Organisation

# Fenwick's own small course, in the same kind of files as the content that ships.
FENWICK_CONTENT = Path(__file__).parent / "fenwick"

INTRODUCTION = """<p>For people in councils, the NHS and charities who decide what help should exist, for whom, and
who provides it. Work through decisions like yours, have your work judged by somebody who does not know your name, and
hold a certificate that anyone can check.</p>"""
ALDERMOOR_SUMMARY = "Teaches commissioning as a profession: courses, assessed work and certificates for people who decide how public money helps."
ALDERMOOR_DESCRIPTION = """<p>Aldermoor is an invented institute, made for this demonstration. Its courses follow one
invented county, Marlshire, through decisions that every commissioner knows. Its assessors do not see whose work they
mark, its quality assurers check a sample that nobody can foretell, and its registrar certifies nobody whom they
taught or marked.</p>"""
FENWICK_SUMMARY = "A small institute for people who write to the public: letters, notices and answers that can be understood."
FENWICK_DESCRIPTION = """<p>Fenwick is an invented institute, made for this demonstration. It shares this site with
Aldermoor and sees nothing of it: not its learners, not its questions, not its register.</p>"""


@dataclass(frozen=True)
class Places:
    """The bodies that the cast acts for, by their slugs."""

    institutes: dict[str, Institute]
    organisations: dict[str, Organisation]

    @property
    def aldermoor(self) -> Institute:
        return self.institutes[ALDERMOOR]

    def body(self, slug: str) -> Institute | Organisation:
        return self.institutes.get(slug) or self.organisations[slug]


def make_places() -> Places:
    """Bodies and pages; their courses come with `load_content`."""
    home = front_door("localhost", INTRODUCTION)
    aldermoor = _institute(
        ALDERMOOR,
        "Aldermoor Institute of Commissioning",
        certificate_prefix="AIC",
        signatory_name="Dr Beatrice Penhallow",
        signatory_role="Director of Standards",
    )
    fenwick = _institute(
        FENWICK,
        "Fenwick Institute",
        certificate_prefix="FEN",
        signatory_name="Jonah Tattersfield",
        signatory_role="Principal",
        # Whoever opens both institutes sees that each has its own look.
        brand_colour="#0b5d66",
        accent_colour="#a3431f",
    )
    _page_of(home, aldermoor, ALDERMOOR_SUMMARY, ALDERMOOR_DESCRIPTION)
    _page_of(home, fenwick, FENWICK_SUMMARY, FENWICK_DESCRIPTION)
    return Places(
        institutes={each.slug: each for each in (aldermoor, fenwick)},
        organisations={
            COUNCIL: _organisation(COUNCIL, "Marlshire County Council"),
            BOARD: _organisation(BOARD, "Marlshire Integrated Care Board"),
        },
    )


def load_content(places: Places, at: datetime) -> None:
    """Aldermoor teaches what ships with the product, Fenwick a course of its own."""
    content.load(places.aldermoor, at=at)
    content.load(places.institutes[FENWICK], at=at, folder=FENWICK_CONTENT)


def _page_of(home: HomePage, institute: Institute, summary: str, description: str) -> None:
    home.add_child(
        instance=InstitutePage(
            title=institute.name,
            slug=institute.slug,
            institute=institute,
            summary=summary,
            description=description,
            show_in_menus=True,
        )
    )


def _institute(slug: str, name: str, **fields: str) -> Institute:
    return Institute.objects.create(
        slug=slug, name=name, contact_email=f"office@{slug}.example.org", **fields
    )


def _organisation(slug: str, name: str) -> Organisation:
    return Organisation.objects.create(slug=slug, name=name, contact_email=f"people@{slug}.example.org")
