"""What is attested: schemes, decisions, the register and its files."""

from certificates.models.appeals import Appeal, AppealWords, Hearing, HearingWords
from certificates.models.certificates import (
    Certificate,
    CertificateEvent,
    EventReason,
    NumberCounter,
    Review,
)
from certificates.models.decisions import Candidacy, CertificationDecision, DecisionReason
from certificates.models.files import CertificateFile
from certificates.models.keys import SigningKey
from certificates.models.schemes import Requirement, Scheme, SchemeVersion
from certificates.models.status import StatusList, StatusPlace, StatusPurpose

__all__ = [
    "Appeal",
    "AppealWords",
    "Candidacy",
    "Certificate",
    "CertificateEvent",
    "CertificateFile",
    "CertificationDecision",
    "DecisionReason",
    "EventReason",
    "Hearing",
    "HearingWords",
    "NumberCounter",
    "Requirement",
    "Review",
    "Scheme",
    "SchemeVersion",
    "SigningKey",
    "StatusList",
    "StatusPlace",
    "StatusPurpose",
]
