"""What people change about themselves."""

from datetime import datetime

from django.db import transaction

from lms.audit.trail import record
from lms.people.models import User


def rename(person: User, first_name: str, last_name: str, *, at: datetime) -> User:
    """Change one's own name; certificates keep the name they were issued in. The same name changes nothing."""
    if (person.first_name, person.last_name) == (first_name, last_name):
        return person
    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(first_name=first_name, last_name=last_name)
        record("person.renamed", person, by=person, at=at)
    person.first_name, person.last_name = first_name, last_name
    return person
