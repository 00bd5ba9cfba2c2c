"""What is done later: ids in, one action called. Each may run twice without harm."""

from django.utils import timezone
from django_tasks import task

from certificates.actions import candidacies, files
from certificates.models import Certificate, Scheme


@task(backend="jobs")
def file_certificate(certificate: int) -> None:
    """Make the file of a certificate that was granted, and issue it."""
    found = Certificate.objects.select_related("institute", "version", "learner").get(pk=certificate)
    files.file_certificate(found, at=timezone.now())


@task(backend="jobs")
def consider_everyone(scheme: int) -> None:
    """Consider all whom a new version of a scheme may touch."""
    candidacies.consider_everyone(Scheme.objects.get(pk=scheme), at=timezone.now())
