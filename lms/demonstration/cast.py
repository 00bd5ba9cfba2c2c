"""Who is in the demonstration: invented people, the roles they hold and the employers they work for."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from lms.people.models import User
from lms.people.roles import Role

PASSWORD = "piper-demo"  # noqa: S105 - it is printed for everybody: these accounts exist in demonstrations only
DOMAIN = "example.org"

ALDERMOOR = "aldermoor"
FENWICK = "fenwick"
COUNCIL = "marlshire-council"
BOARD = "marlshire-icb"


@dataclass(frozen=True)
class Character:
    """One invented person. `at` is the slug of the body they act for, `works_at` of the one that employs them.

    With a `purpose` the account has the shared password, and the sentence says what to sign in with it for.
    """

    key: str
    first_name: str
    last_name: str
    role: Role | None = None
    at: str = ALDERMOOR
    works_at: str = ""
    line_manager: str = ""
    purpose: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


# In the order in which they are printed, and in which a role allows the next to be given.
STAFF = (
    Character("administrator", "Yvonne", "Hartnoll", Role.ADMINISTRATOR, purpose="Aldermoor's administrator"),
    Character("assessor", "Tunde", "Blackwood", Role.ASSESSOR, purpose="an assessor of Aldermoor"),
    Character("assessor2", "Halina", "Szymczak", Role.ASSESSOR, purpose="a second assessor"),
    Character(
        "iqa", "Meredith", "Oyelaran", Role.LEAD_IQA, purpose="leads quality assurance, releases results"
    ),
    Character(
        "iqa2", "Dilip", "Ramasar", Role.IQA, purpose="a quality assurer who checks and does not release"
    ),
    Character("registrar", "Rosamund", "Achterberg", Role.REGISTRAR, purpose="decides on certificates"),
    Character(
        "registrar2", "Aurelio", "Tamblyn", Role.REGISTRAR, purpose="a second registrar, who hears appeals"
    ),
    Character("author", "Callum", "Strathearn", Role.AUTHOR, purpose="writes courses and questions"),
    Character(
        "author2", "Ingrid", "Falkenrath", Role.AUTHOR, purpose="a second author, who reviews questions"
    ),
    Character(
        "manager",
        "Desmond",
        "Arkwright",
        Role.MANAGER,
        at=COUNCIL,
        purpose="a manager at Marlshire County Council",
    ),
    Character("board-manager", "Siân", "Prothero", Role.MANAGER, at=BOARD),
    Character(
        "outsider",
        "Otto",
        "Wennerholm",
        Role.ADMINISTRATOR,
        at=FENWICK,
        purpose="administers the Fenwick Institute, sees nothing of Aldermoor",
    ),
)
LEARNERS = (
    Character(
        "learner",
        "Amina",
        "Yusuf",
        works_at=COUNCIL,
        line_manager="manager",
        purpose="a learner at Marlshire County Council",
    ),
    Character("bronwen", "Bronwen", "Tull", works_at=COUNCIL, line_manager="manager"),
    Character("kwabena", "Kwabena", "Lartey", works_at=COUNCIL, line_manager="manager"),
    Character("sunniva", "Sunniva", "Aldous", works_at=COUNCIL, line_manager="manager"),
    Character("declan", "Declan", "Moynagh", works_at=COUNCIL),
    Character("parveen", "Parveen", "Akhtar-Reid", works_at=COUNCIL),
    Character("grace", "Grace", "Adeyemi-Cole", works_at=COUNCIL, line_manager="manager"),
    Character("mai", "Thị Mai", "Trần", works_at=COUNCIL),
    Character("joyce", "Joyce", "Umeh", works_at=COUNCIL),
    Character("farid", "Farid", "Haidari", works_at=BOARD, line_manager="board-manager"),
    Character("eleri", "Eleri", "Prosser", works_at=BOARD, line_manager="board-manager"),
    Character("verity", "Verity", "Holmwood", works_at=BOARD),
    Character("alaric", "Alaric", "Penhale"),
    Character("moses", "Moses", "Chikwanha"),
)
CAST = (*LEARNERS, *STAFF)


def make_accounts(at: datetime) -> dict[str, User]:
    """An account with a confirmed address for everybody in the cast, by key."""
    shared = make_password(PASSWORD)
    people = User.objects.bulk_create(_account(each, shared, at) for each in CAST)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people
    )
    return {character.key: person for character, person in zip(CAST, people, strict=True)}


def accounts() -> QuerySet[User]:
    """The accounts with the shared password that this database has."""
    return User.objects.filter(is_demo=True, email__in=[each.email for each in CAST if each.purpose])


def _account(character: Character, shared: str, at: datetime) -> User:
    return User(
        email=character.email,
        first_name=character.first_name,
        last_name=character.last_name,
        password=shared if character.purpose else make_password(None),
        is_demo=True,
        date_joined=at,
    )
