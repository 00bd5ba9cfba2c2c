"""News from assessment, inside the transaction that it tells of: a result was released, or withdrawn."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from assessments.models import Result, ResultEvent
from assessments.signals import result_released, result_withdrawn
from certificates.actions import candidacies, reviews
from certificates.models import Scheme


@receiver(result_released, dispatch_uid="certificates.consider")
def consider_candidate(sender: Any, result: Result, at: datetime, **news: Any) -> None:
    """A success may complete what a scheme asks for; a failure takes nothing away."""
    if result.is_success:
        _consider(result, at)


@receiver(result_withdrawn, dispatch_uid="certificates.review")
def review_certificates(sender: Any, result: Result, event: ResultEvent, at: datetime, **news: Any) -> None:
    """What rests on a withdrawn result is looked at again, and a candidate may be one no longer."""
    reviews.open_for(result, event, at=at)
    _consider(result, at)


def _consider(result: Result, at: datetime) -> None:
    asking = Scheme.objects.filter(versions__requirements__step=result.step_id).distinct().order_by("pk")
    for scheme in asking:
        candidacies.consider(result.learner, scheme, at=at)
