"""A person: one account for life, whoever employs them."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from lms.people.privacy import erase


class PersonManager(BaseUserManager["User"]):
    """Makes accounts; the e-mail address is the name people sign in with."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


@erase("name, address and sign-in go; the row stays as a pseudonym that the evidence points at")
class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Roles are memberships; being a learner is no role."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(
        "e-mail address",
        unique=True,
        error_messages={"unique": "There is already an account with this e-mail address."},
    )
    first_name = models.CharField("first name", max_length=80)
    last_name = models.CharField("last name", max_length=80)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("site operator", default=False)
    is_demo = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_for_each_address"),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or "Someone without a name"

    def get_short_name(self) -> str:
        return self.first_name or self.get_full_name()
