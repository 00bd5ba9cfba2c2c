"""What is done later: ids in, one action called. Each may run twice without harm."""

from django.utils import timezone
from django_tasks import task

from certificates.actions import candidacies, files, status
from certificates.models import Certificate, Scheme
from lms.people.models import Institute


@task(backend="jobs")
def file_certificate(certificate: int) -> None:
    """Make the file of a certificate that was granted, and issue it."""
    found = Certificate.objects.select_related("institute", "version", "learner").get(pk=certificate)
    files.file_certificate(found, at=timezone.now())


@task(backend="jobs")
def consider_everyone(scheme: int) -> None:
    """Consider all whom a new version of a scheme may touch."""
    candidacies.consider_everyone(Scheme.objects.get(pk=scheme), at=timezone.now())


@task(backend="jobs")
def sign_status_lists(institute: int) -> None:
    """Sign the status lists of an institute as the register stands."""
    status.sign_lists(Institute.objects.get(pk=institute), at=timezone.now())
