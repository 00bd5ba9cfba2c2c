"""Entering a certificate in the register: its number, its code and the facts as they are on that day."""

import secrets
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from certificates import numbering
from certificates.actions import status
from certificates.models import Certificate, CertificationDecision, NumberCounter
from lms.audit import chain
from lms.people.models import Institute


def enter(decision: CertificationDecision, name: str, *, at: datetime) -> Certificate:
    """Take the next number of the institute's year and write down what the paper will say.

    For the caller's transaction, late in it: the counter stays locked until it ends, and a number
    goes back if it fails, so that numbers have no gaps.
    """
    today = timezone.localdate(at)
    institute, version = decision.candidacy.institute, decision.version
    number = numbering.number(institute.certificate_prefix, today.year, _next_serial(institute, today.year))
    code = numbering.new_code(secrets.token_bytes(numbering.RANDOM_BYTES))
    until = last_day(today, version.validity_months)
    facts = {
        **words_of(decision, name),
        "number": number,
        "code": code,
        "verify_url": settings.PIPER_BASE_URL + reverse("check", args=[code]),
        "issued_on": today.isoformat(),
        "valid_from": today.isoformat(),
        "valid_until": until.isoformat() if until else None,
    }
    certificate = Certificate.objects.create(
        institute=institute,
        decision=decision,
        version=version,
        learner_id=decision.learner_id,
        number=number,
        code=code,
        facts=facts,
        facts_digest=chain.digest(facts),
        made_at=at,
        valid_from=today,
        valid_until=until,
    )
    status.place_of(certificate)
    return certificate


def words_of(decision: CertificationDecision, name: str) -> dict[str, Any]:
    """The words of the paper that come from people, so that each letter of them can be asked after first."""
    institute, version = decision.candidacy.institute, decision.version
    return {
        "name": name,
        "title": version.title,
        "level": version.level,
        # A scheme says what "The holder …" has shown.
        "statement": f"The holder {version.statement}",
        "competencies": [[each.code, each.title] for each in version.competencies.all()],
        "institute": institute.name,
        "signatory_name": institute.signatory_name,
        "signatory_role": institute.signatory_role,
    }


def last_day(first: date, months: int) -> date | None:
    """The last day of so many whole months that begin on `first`; None where there is no end (0 months)."""
    if months == 0:
        return None
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    anniversary = date(year, month, min(first.day, monthrange(year, month)[1]))
    return anniversary - timedelta(days=1)


def _next_serial(institute: Institute, year: int) -> int:
    counters = NumberCounter.objects.filter(institute=institute, year=year)
    NumberCounter.objects.bulk_create([NumberCounter(institute=institute, year=year)], ignore_conflicts=True)
    serial = counters.select_for_update().get().next_serial
    counters.update(next_serial=F("next_serial") + 1)
    return serial
