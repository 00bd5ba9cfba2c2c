"""A certificate as an Open Badges 3.0 credential: facts in, the document that is signed out.

Whom it is about stands in it by name, as on the paper; the holder's e-mail address only as a salted hash, which lets
whoever knows the address check it and tells it to nobody else.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from hashlib import sha256
from typing import Any

from certificates.printed import PrintedCertificate

# Their meaning lies pinned in `signing/contexts`.
CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
)
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
LAST_SECOND = time(23, 59, 59)
PURPOSES = ("revocation", "suspension")


@dataclass(frozen=True)
class Issuer:
    """An institute as verifiers know it: by its decentralised identifier, under which its keys are found."""

    did: str
    name: str


@dataclass(frozen=True)
class Aligned:
    """A competency that the certificate attests, in the framework that it stands in."""

    code: str
    title: str
    framework: str
    uuid: uuid.UUID


@dataclass(frozen=True)
class Achievement:
    """What is attested of everybody who holds this certificate: the scheme as it was on that day."""

    uuid: uuid.UUID
    version: int
    criteria: Sequence[str]
    competencies: Sequence[Aligned]


@dataclass(frozen=True)
class Holder:
    """Whom the certificate was given to, with the salt that their address is hashed with."""

    email: str
    salt: str


def credential(
    facts: PrintedCertificate,
    *,
    identifier: uuid.UUID,
    issuer: Issuer,
    achievement: Achievement,
    holder: Holder,
    zone: tzinfo,
    status: Mapping[str, str] | None = None,
    position: int = 0,
) -> dict[str, Any]:
    """Return the credential without its proof; `status` are the addresses of its status lists by their purpose.

    A certificate holds from the first second of its first day to the last of its last, as `zone` counts days.
    """
    facts = facts.composed()
    document = {
        "@context": list(CONTEXTS),
        "id": identifier.urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts.title,
        "description": facts.statement,
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": issuer.name},
        "validFrom": _instant(facts.valid_from, time.min, zone),
        "awardedDate": _instant(facts.issued_on, time.min, zone),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": _identity(facts.name, holder),
            "licenseNumber": facts.number,
            "achievement": _achievement(facts, achievement),
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    if facts.valid_until:
        document["validUntil"] = _instant(facts.valid_until, LAST_SECOND, zone)
    if status:
        document["credentialStatus"] = [_status(status[each], each, position) for each in PURPOSES]
    return document


def status_list(
    address: str, *, issuer: str, purpose: str, bits: str, at: datetime, until: datetime
) -> dict[str, Any]:
    """Return a status list as the credential that is signed; `bits` as the standard encodes them."""
    return {
        "@context": [CONTEXTS[0]],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": _written(at),
        "validUntil": _written(until),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": bits,
        },
    }


def hashed(email: str, salt: str) -> str:
    """Return an e-mail address as Open Badges hash it; letters are small, as people are known by them here."""
    return "sha256$" + sha256((email.lower() + salt).encode()).hexdigest()


def _identity(name: str, holder: Holder) -> list[dict[str, Any]]:
    return [
        {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": name},
        {
            "type": "IdentityObject",
            "identityType": "emailAddress",
            "hashed": True,
            "salt": holder.salt,
            "identityHash": hashed(holder.email, holder.salt),
        },
    ]


def _achievement(facts: PrintedCertificate, achievement: Achievement) -> dict[str, Any]:
    return {
        "id": achievement.uuid.urn,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "version": str(achievement.version),
        "name": facts.title,
        "description": facts.statement,
        "criteria": {"narrative": "\n".join(f"- {each}" for each in achievement.criteria)},
        "tag": [f"{facts.level_word} level"],
        "inLanguage": facts.language,
        "alignment": [_alignment(each) for each in achievement.competencies],
    }


def _alignment(competency: Aligned) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetCode": competency.code,
        "targetName": competency.title,
        "targetFramework": competency.framework,
        # A competency keeps its identifier over every version of its framework; no page shows one to strangers.
        "targetUrl": competency.uuid.urn,
        "targetType": "CFItem",
    }


def _status(address: str, purpose: str, position: int) -> dict[str, str]:
    return {
        "id": f"{address}#{position}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(position),
        "statusListCredential": address,
    }


def _instant(day: date, hour: time, zone: tzinfo) -> str:
    return _written(datetime.combine(day, hour, zone))


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
