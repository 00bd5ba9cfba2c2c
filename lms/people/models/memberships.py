"""Who may act for which body, and who works where."""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lms.people.models.bodies import Institute, Organisation
from lms.people.privacy import retain
from lms.people.roles import Role


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships that speak of the present."""

    def current(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def at(self, body: Institute | Organisation) -> Self:
        if isinstance(body, Institute):
            return self.filter(institute=body)
        return self.filter(organisation=body)


@retain("says who was allowed to mark, check and certify when they did")
class Membership(models.Model):
    """One person holding one role at one body, from an instant until they stand down."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    institute = models.ForeignKey(
        Institute, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # An external quality assurer reads one institute's records between named dates only.
    until_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(institute__isnull=False, organisation__isnull=True)
                | Q(institute__isnull=True, organisation__isnull=False),
                name="a_membership_is_at_one_body",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "institute"],
                condition=Q(ended_at__isnull=True, institute__isnull=False),
                name="a_role_is_held_once_at_an_institute",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "organisation"],
                condition=Q(ended_at__isnull=True, organisation__isnull=False),
                name="a_role_is_held_once_at_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(appointed_by__isnull=True) | ~Q(appointed_by=F("person")),
                name="nobody_appoints_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()} at {self.body}"

    @property
    def body(self) -> Institute | Organisation:
        return self.institute or self.organisation  # type: ignore[return-value]

    def is_current_on(self, day: date) -> bool:
        return self.ended_at is None and (self.until_on is None or day <= self.until_on)


@retain("says who asked whom to act for a body")
class Invitation(models.Model):
    """An offer of a role, or of employment, made to an address; only the token's digest is kept."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    institute = models.ForeignKey(
        Institute, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The last day of the role that is offered, where it has one.
    until_on = models.DateField(null=True, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(institute__isnull=False, organisation__isnull=True)
                | Q(institute__isnull=True, organisation__isnull=False),
                name="an_invitation_is_from_one_body",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation to {self.body}"

    @property
    def body(self) -> Institute | Organisation:
        return self.institute or self.organisation  # type: ignore[return-value]

    def is_open(self, at: object) -> bool:
        return not (self.accepted_at or self.withdrawn_at) and at < self.expires_at  # type: ignore[operator]


class EmploymentQuerySet(models.QuerySet["Employment"]):
    """Employments that speak of the present."""

    def current(self) -> Self:
        """Accepted by the person and not ended: the only ones an employer may see."""
        return self.filter(accepted_at__isnull=False, ended_on__isnull=True)


@retain("says through whom a person was enrolled; an ended employment shows the employer nothing")
class Employment(models.Model):
    """A person working at an organisation, under a line manager, once they have accepted that it is so."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="employments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="employments")
    line_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="team_employments",
    )
    work_email = models.EmailField(blank=True)
    from_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(ended_on__isnull=True),
                name="one_open_employment_at_each_organisation",
            ),
            models.CheckConstraint(
                condition=Q(line_manager__isnull=True) | ~Q(line_manager=F("person")),
                name="nobody_is_their_own_line_manager",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.organisation}"
