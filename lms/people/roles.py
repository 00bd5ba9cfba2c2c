"""The table of roles: which function each one may use. `docs/roles.md` prints it.

A permission says what may be done at a body. Whether *this* person may do it to *this* thing
(not their own work, not their own marking) is each app's `rules.py`.
"""

from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """What a person may be at a body. Everyone is a learner; that is not a role."""

    AUTHOR = "author", "Author"
    ASSESSOR = "assessor", "Assessor"
    IQA = "iqa", "Internal quality assurer"
    LEAD_IQA = "lead_iqa", "Lead internal quality assurer"
    EQA = "eqa", "External quality assurer"
    REGISTRAR = "registrar", "Registrar"
    ADMINISTRATOR = "administrator", "Administrator"
    MANAGER = "manager", "Manager"


class Permission(StrEnum):
    """A function of the product, named as what it lets a person do."""

    WRITE_COURSES = "write courses"
    PUBLISH_COURSES = "publish courses"
    KEEP_QUESTIONS = "keep questions"
    MARK_WORK = "mark work"
    ASSURE_QUALITY = "assure quality"
    RELEASE_RESULTS = "release results"
    READ_QUALITY = "read quality records"
    KEEP_RUBRICS = "keep rubrics"
    KEEP_FRAMEWORK = "keep the framework"
    READ_EXEMPLARS = "read exemplar answers"
    DECIDE_CERTIFICATES = "decide certificates"
    KEEP_SCHEMES = "keep schemes"
    ANSWER_PROBLEMS = "answer problems"
    READ_REGISTER = "read the register"
    AGREE_ADJUSTMENTS = "agree adjustments"
    LIFT_QUARANTINE = "lift quarantines"
    APPOINT_PEOPLE = "appoint people"
    READ_AUDIT = "read the audit trail"
    CHANGE_SETTINGS = "change settings"
    SEE_STAFF = "see where staff stand"
    ENROL_STAFF = "enrol staff"


P = Permission

INSTITUTE_ROLES: dict[Role, frozenset[Permission]] = {
    Role.AUTHOR: frozenset(
        {
            P.WRITE_COURSES,
            P.KEEP_QUESTIONS,
            P.KEEP_RUBRICS,
            P.KEEP_FRAMEWORK,
            P.READ_EXEMPLARS,
            P.ANSWER_PROBLEMS,
        }
    ),
    Role.ASSESSOR: frozenset({P.MARK_WORK, P.READ_EXEMPLARS}),
    Role.IQA: frozenset({P.ASSURE_QUALITY, P.READ_QUALITY, P.READ_EXEMPLARS}),
    Role.LEAD_IQA: frozenset(
        {
            P.ASSURE_QUALITY,
            P.READ_QUALITY,
            P.RELEASE_RESULTS,
            P.KEEP_RUBRICS,
            P.KEEP_FRAMEWORK,
            P.READ_EXEMPLARS,
            P.READ_AUDIT,
        }
    ),
    Role.EQA: frozenset({P.READ_QUALITY, P.READ_EXEMPLARS}),
    Role.REGISTRAR: frozenset({P.DECIDE_CERTIFICATES, P.KEEP_SCHEMES, P.READ_REGISTER, P.ANSWER_PROBLEMS}),
    Role.ADMINISTRATOR: frozenset(
        {
            P.APPOINT_PEOPLE,
            P.PUBLISH_COURSES,
            P.CHANGE_SETTINGS,
            P.READ_AUDIT,
            P.READ_REGISTER,
            P.AGREE_ADJUSTMENTS,
            P.LIFT_QUARANTINE,
        }
    ),
}
ORGANISATION_ROLES: dict[Role, frozenset[Permission]] = {
    Role.MANAGER: frozenset({P.SEE_STAFF, P.ENROL_STAFF}),
}
PERMISSIONS: dict[Role, frozenset[Permission]] = {**INSTITUTE_ROLES, **ORGANISATION_ROLES}

# One sentence each, for the screen that appoints people and for docs/roles.md.
SENTENCES: dict[Role, str] = {
    Role.AUTHOR: "Writes courses in the CMS and keeps questions, rubrics and the framework at the desk; sees statistics, never people.",
    Role.ASSESSOR: "Marks submissions against a rubric and gives feedback; never their own, never by name when marking is blind.",
    Role.IQA: "Checks a sample of the marking: agrees, or overturns with a reason; never marking they did themselves.",
    Role.LEAD_IQA: "Does what an internal quality assurer does, closes batches, releases results and keeps the framework.",
    Role.EQA: "Reads one institute's quality records between named dates, picks a sample and reports.",
    Role.REGISTRAR: "Takes certification decisions; issues, suspends, reinstates and revokes certificates.",
    Role.ADMINISTRATOR: "Appoints people, publishes what authors wrote, agrees adjustments, keeps the institute's settings; judges nobody.",
    Role.MANAGER: "Enrols staff of an organisation and sees at which step they are and until when they are certified.",
}

# Who may be given by whom: an administrator appoints every role of an institute, another administrator
# included; a manager's fellow managers are appointed by a manager. Nobody appoints themselves.
MAY_APPOINT: dict[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(INSTITUTE_ROLES),
    Role.MANAGER: frozenset({Role.MANAGER}),
}
# Roles that act on other people's evidence: they must have used a second factor in this session.
STAFF_ROLES = frozenset(INSTITUTE_ROLES)
