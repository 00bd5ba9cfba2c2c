"""Every guard that the database itself keeps, as one table of (table, rule).

Rows of evidence are only ever added; a column that copies a person from another row stays a true
copy, so that the CHECK constraints which keep people apart mean what they say. `triggers` writes
these rules for SQLite and PostgreSQL; a test compares this table with the schema.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class AppendOnly:
    """No row is deleted, and no column changes but those named."""

    table: str
    but: tuple[str, ...] = ()


@dataclass(frozen=True)
class TrueCopy:
    """`table.column` equals `source.source_column` of the row that `table.key` points at."""

    table: str
    column: str
    key: str
    source: str
    source_column: str


@dataclass(frozen=True)
class Fixed:
    """`table.column` keeps the value that its row was made with: copies of it stand elsewhere and must stay true."""

    table: str
    column: str


GUARDS: tuple[AppendOnly | TrueCopy | Fixed, ...] = (
    AppendOnly("audit_event"),
    AppendOnly("audit_eventwords", but=("text",)),
    AppendOnly("problems_problem", but=("state",)),
    AppendOnly("problems_problemwords", but=("text", "email")),
    AppendOnly("problems_problemanswer"),
    AppendOnly("problems_answerwords", but=("text",)),
    AppendOnly("courses_frameworkversion"),
    AppendOnly("courses_behaviour"),
    AppendOnly("courses_publication"),
    AppendOnly("assessments_questionversion"),
    AppendOnly("assessments_questionreview"),
    AppendOnly("assessments_reviewremark", but=("text",)),
    AppendOnly("assessments_quizversion"),
    AppendOnly("assessments_quizversion_questions"),
    AppendOnly("assessments_rubricversion"),
    AppendOnly("assessments_criterion"),
    AppendOnly("assessments_exemplar"),
    AppendOnly("assessments_assignmentversion"),
    AppendOnly("assessments_attempt", but=("state", "submitted_at", "closed_by", "receipt", "deadline_at")),
    AppendOnly("assessments_attemptquestion"),
    AppendOnly("assessments_answer"),
    AppendOnly("assessments_response", but=("body",)),
    AppendOnly("assessments_score"),
    AppendOnly("assessments_furtherattempt"),
    AppendOnly("assessments_caseversion"),
    AppendOnly(
        "assessments_caseattempt",
        but=("state", "submitted_at", "closed_by", "receipt", "deadline_at", "paused_at"),
    ),
    AppendOnly("assessments_casechoice"),
    AppendOnly("assessments_casepause"),
    AppendOnly("assessments_casescore"),
    AppendOnly("assessments_submission", but=("state", "assessor_id", "lease_until", "promised_on")),
    AppendOnly("assessments_submissiontext", but=("text",)),
    AppendOnly("assessments_submissionfile"),
    AppendOnly("assessments_submissionfilecontent", but=("name", "path")),
    AppendOnly("assessments_declaredinterest"),
    AppendOnly("assessments_quarantine"),
    AppendOnly("assessments_quarantinewords", but=("text",)),
    AppendOnly("assessments_quarantineending"),
    AppendOnly("assessments_passedover"),
    AppendOnly("assessments_marking"),
    AppendOnly("assessments_mark"),
    AppendOnly("assessments_feedback", but=("text",)),
    AppendOnly("assessments_sampled"),
    AppendOnly("assessments_qualitydecision"),
    AppendOnly("assessments_qualitymark"),
    AppendOnly("assessments_qualityreason", but=("text",)),
    AppendOnly("assessments_result"),
    AppendOnly("assessments_resultevent"),
    AppendOnly("assessments_withdrawalreason", but=("text",)),
    AppendOnly("assessments_claim"),
    AppendOnly("assessments_claimwords", but=("text",)),
    AppendOnly("certificates_schemeversion"),
    AppendOnly("certificates_schemeversion_competencies"),
    AppendOnly("certificates_requirement"),
    AppendOnly("certificates_certificationdecision"),
    AppendOnly("certificates_certificationdecision_results"),
    AppendOnly("certificates_decisionreason", but=("text",)),
    AppendOnly("certificates_appeal"),
    AppendOnly("certificates_appealwords", but=("text",)),
    AppendOnly("certificates_hearing"),
    AppendOnly("certificates_hearingwords", but=("text",)),
    AppendOnly("certificates_certificate"),
    AppendOnly("certificates_certificateevent"),
    AppendOnly("certificates_eventreason", but=("text",)),
    AppendOnly("certificates_certificatefile"),
    AppendOnly("certificates_statusplace"),
    AppendOnly(
        "certificates_signingkey", but=("ciphertext", "wrapped_under", "retired_at", "compromised_at")
    ),
    Fixed("courses_enrolment", "learner_id"),
    Fixed("certificates_candidacy", "learner_id"),
    Fixed("certificates_candidacy", "version_id"),
    TrueCopy(
        "assessments_questionreview",
        "author_id",
        "version_id",
        "assessments_questionversion",
        "made_by_id",
    ),
    TrueCopy("assessments_submission", "learner_id", "enrolment_id", "courses_enrolment", "learner_id"),
    TrueCopy("assessments_marking", "learner_id", "submission_id", "assessments_submission", "learner_id"),
    TrueCopy(
        "assessments_qualitydecision",
        "assessor_id",
        "marking_id",
        "assessments_marking",
        "assessor_id",
    ),
    TrueCopy(
        "assessments_qualitydecision",
        "learner_id",
        "marking_id",
        "assessments_marking",
        "learner_id",
    ),
    TrueCopy("assessments_result", "learner_id", "enrolment_id", "courses_enrolment", "learner_id"),
    TrueCopy(
        "certificates_certificationdecision",
        "learner_id",
        "candidacy_id",
        "certificates_candidacy",
        "learner_id",
    ),
    TrueCopy(
        "certificates_certificationdecision",
        "version_id",
        "candidacy_id",
        "certificates_candidacy",
        "version_id",
    ),
    *(
        TrueCopy("certificates_appeal", column, "decision_id", "certificates_certificationdecision", column)
        for column in ("learner_id", "decided_by_id")
    ),
    *(
        TrueCopy("certificates_hearing", column, "appeal_id", "certificates_appeal", column)
        for column in ("learner_id", "decided_by_id")
    ),
    TrueCopy(
        "certificates_certificate",
        "learner_id",
        "decision_id",
        "certificates_certificationdecision",
        "learner_id",
    ),
)
