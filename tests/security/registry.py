"""Who may use which address: one line for each address of ours.

A new address without a line here fails `test_addresses`. A line says which door the address has:
public, signed in, one's own, a function at an institute, or a function at an organisation.
"""

from dataclasses import dataclass

from lms.people.roles import Permission

P = Permission


@dataclass(frozen=True)
class Door:
    """What an address asks of a person, and the key of World.arguments that fills it in.

    `kind` is public, signed_in, own (Ada's), institute or organisation. `also` names people beside
    those whom the kind lets in; `only` names the whole of them, where a permission alone does not decide.
    """

    kind: str
    arguments: str = ""
    permission: Permission | None = None
    also: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()


def own(arguments: str, *also: str) -> Door:
    return Door("own", arguments, also=frozenset(also))


def desk(permission: Permission | None, arguments: str = "", only: str = "") -> Door:
    return Door("institute", arguments, permission, only=frozenset(only.split()))


def staff(permission: Permission, arguments: str = "") -> Door:
    return Door("organisation", arguments, permission)


PUBLIC = Door("public")
SIGNED_IN = Door("signed_in")

DOORS: dict[str, Door] = {
    "livez": PUBLIC,
    "readyz": PUBLIC,
    "help": PUBLIC,
    "privacy": PUBLIC,
    "accessibility": PUBLIC,
    "verify": PUBLIC,
    "verify_file": PUBLIC,
    "check": Door("public", "code"),
    "institute_seals": Door("public", "sealing institute"),
    "institute_did": Door("public", "sealing institute"),
    "institute_status": Door("public", "status list"),
    "brand_sheet": Door("public", "brand"),
    "my_learning": SIGNED_IN,
    "my_certificates": SIGNED_IN,
    "profile": SIGNED_IN,
    "account": SIGNED_IN,
    # Whoever learns at its institute.
    "claim_new": own("competency", "ben"),
    "claim_list": SIGNED_IN,
    "claim_answer": Door("own", "claim", only=frozenset({"manuel"})),
    "certificate_problem": Door("public", "code"),
    "course_enrol": Door("signed_in", "course"),
    "enrolment_leave": own("enrolment"),
    "enrolment_show": own("enrolment"),
    "step_finish": own("lesson"),
    "activity_answer": own("activity"),
    "cpd_record": SIGNED_IN,
    "cpd_csv": SIGNED_IN,
    "cpd_pdf": SIGNED_IN,
    "cpd_minutes": own("cpd lesson"),
    "log_list": SIGNED_IN,
    "log_new": SIGNED_IN,
    "log_export": SIGNED_IN,
    "log_entry": own("log entry"),
    "log_edit": own("log entry"),
    "log_delete": own("log entry"),
    "log_unshare": own("log share"),
    "shared_log_list": desk(P.MARK_WORK),
    "shared_log": desk(P.MARK_WORK, "log entry", only="asif"),
    "simulator_note": own("simulator task"),
    "scenario_begin": own("scenario"),
    "scenario_decide": own("scenario play"),
    # Whoever may read the lesson.
    "lesson_problem": own("lesson_page", "ben", "adil", "asif", "asha", "mina", "lena", "ines"),
    "attempt_start": own("quiz"),
    "attempt": own("attempt"),
    "attempt_all": own("attempt"),
    "attempt_check": own("attempt"),
    "attempt_submit": own("attempt"),
    "attempt_question": own("asked"),
    "answer_save": own("asked"),
    "question_problem": own("asked"),
    "case_start": own("case"),
    "case_attempt": own("case attempt"),
    "case_decide": own("case attempt"),
    "case_pause": own("case attempt"),
    "case_resume": own("case attempt"),
    "draft_edit": own("draft"),
    "draft_check": own("draft"),
    "draft_file": own("draft_file"),
    "submission": own("submission"),
    "submission_file": own("submission_file"),
    "name_confirm": Door("own", "candidacy", only=frozenset({"ben"})),
    "appeal_lodge": Door("own", "decision", only=frozenset({"ben"})),
    "certificate_download": own("certificate"),
    "credential_download": own("certificate"),
    "role_give_up": Door("own", "membership", only=frozenset({"adil"})),
    "employment_accept": own("employment"),
    "employment_end": own("employment"),
    "desk": desk(None),
    "marking_queue": desk(P.MARK_WORK),
    "marking_next": desk(P.MARK_WORK),
    # Work that a colleague has taken answers 409, and names nobody.
    "marking_edit": desk(P.MARK_WORK, "marking_submission"),
    "marking_check": desk(P.MARK_WORK, "marking_submission"),
    "marking_hand_back": desk(P.MARK_WORK, "marking_submission"),
    "marking_file": desk(P.MARK_WORK, "marking_file"),
    "marking_recorded_file": desk(P.MARK_WORK, "own_marking_file", only="asif"),
    "marking_quarantine": desk(P.MARK_WORK, "marking_submission"),
    "quarantine_list": desk(P.LIFT_QUARANTINE),
    # One that has ended answers 409.
    "quarantine_lift": desk(P.LIFT_QUARANTINE, "quarantine"),
    "marking_recorded": desk(P.MARK_WORK, "own_marking", only="asif"),
    "exemplars": desk(P.READ_EXEMPLARS, "rubric"),
    "quality_desk": desk(P.READ_QUALITY),
    "batch_detail": desk(P.READ_QUALITY, "batch"),
    "batch_close": desk(P.RELEASE_RESULTS, "batch"),
    "batch_release": desk(P.RELEASE_RESULTS, "batch"),
    "quality_marking": desk(P.READ_QUALITY, "marking"),
    "quality_file": desk(P.READ_QUALITY, "quality_file"),
    "quality_agree": desk(P.ASSURE_QUALITY, "marking"),
    "quality_overturn": desk(P.ASSURE_QUALITY, "marking"),
    "result_list": desk(P.READ_QUALITY),
    "result_withdraw": desk(P.RELEASE_RESULTS, "result"),
    "question_list": desk(P.KEEP_QUESTIONS),
    "question_new": desk(P.KEEP_QUESTIONS),
    "question_write": desk(P.KEEP_QUESTIONS, "kind"),
    "question_detail": desk(P.KEEP_QUESTIONS, "question"),
    "question_edit": desk(P.KEEP_QUESTIONS, "question"),
    "question_compare": desk(P.KEEP_QUESTIONS, "question"),
    # A version that does not wait for review answers 409.
    "question_review": desk(P.KEEP_QUESTIONS, "question_version"),
    "question_retire": desk(P.KEEP_QUESTIONS, "question"),
    "question_bring_back": desk(P.KEEP_QUESTIONS, "question"),
    "adjustment_list": desk(P.AGREE_ADJUSTMENTS),
    "adjustment_end": desk(P.AGREE_ADJUSTMENTS, "adjustment"),
    "further_attempt_list": desk(P.RELEASE_RESULTS),
    "further_attempt_give": desk(P.RELEASE_RESULTS, "quiz"),
    "candidate_list": desk(P.DECIDE_CERTIFICATES),
    "candidate": desk(P.DECIDE_CERTIFICATES, "candidacy"),
    "candidate_remind": desk(P.DECIDE_CERTIFICATES, "candidacy"),
    "grant_many": desk(P.DECIDE_CERTIFICATES),
    "being_made": desk(P.DECIDE_CERTIFICATES),
    "certificate_try_again": desk(P.DECIDE_CERTIFICATES, "number"),
    "certificate_void": desk(P.DECIDE_CERTIFICATES, "number"),
    "register_export": desk(P.READ_REGISTER),
    "register": desk(P.READ_REGISTER),
    "register_entry": desk(P.READ_REGISTER, "number"),
    "register_download": desk(P.READ_REGISTER, "number"),
    "certificate_suspend": desk(P.DECIDE_CERTIFICATES, "number"),
    "certificate_reinstate": desk(P.DECIDE_CERTIFICATES, "number"),
    "certificate_revoke": desk(P.DECIDE_CERTIFICATES, "number"),
    "review_list": desk(P.DECIDE_CERTIFICATES),
    "review": desk(P.DECIDE_CERTIFICATES, "review"),
    "appeal_list": desk(P.DECIDE_CERTIFICATES),
    "appeal": desk(P.DECIDE_CERTIFICATES, "appeal"),
    # Whoever works at the institute reads it; the draft is for those who keep it.
    "framework": desk(None),
    "framework_version": desk(None, "framework version"),
    "framework_compare": desk(None, "framework"),
    "framework_csv": desk(None, "framework"),
    "framework_draft": desk(P.KEEP_FRAMEWORK, "framework"),
    "framework_title": desk(P.KEEP_FRAMEWORK, "framework"),
    "framework_domain": desk(P.KEEP_FRAMEWORK, "framework domain"),
    "framework_add": desk(P.KEEP_FRAMEWORK, "framework domain"),
    "framework_competency": desk(P.KEEP_FRAMEWORK, "framework competency"),
    "framework_retire": desk(P.KEEP_FRAMEWORK, "framework competency"),
    "framework_back": desk(P.KEEP_FRAMEWORK, "framework retired"),
    "framework_import": desk(P.KEEP_FRAMEWORK, "framework"),
    "framework_publish": desk(P.KEEP_FRAMEWORK, "framework"),
    "framework_drop": desk(P.KEEP_FRAMEWORK, "framework"),
    "scheme_list": desk(P.KEEP_SCHEMES),
    "scheme_new": desk(P.KEEP_SCHEMES),
    "scheme_edit": desk(P.KEEP_SCHEMES, "scheme"),
    "problem_list": desk(P.ANSWER_PROBLEMS),
    # A question's, which is no business of the registrar's.
    "problem": desk(P.ANSWER_PROBLEMS, "problem", only="adil"),
    "people_list": desk(P.APPOINT_PEOPLE),
    "person_invite": desk(P.APPOINT_PEOPLE),
    "person_appoint": desk(P.APPOINT_PEOPLE),
    "membership_stand_down": desk(P.APPOINT_PEOPLE, "membership"),
    "invitation_withdraw": desk(P.APPOINT_PEOPLE, "invitation"),
    "institute_settings": desk(P.CHANGE_SETTINGS),
    "audit_trail": desk(P.READ_AUDIT),
    "review_due": desk(P.WRITE_COURSES),
    "staff_list": staff(P.SEE_STAFF),
    "staff_export": staff(P.SEE_STAFF),
    "team_map": staff(P.SEE_STAFF),
    "team_export": staff(P.SEE_STAFF),
    "staff_waiting": staff(P.SEE_STAFF),
    "staff_invited": staff(P.SEE_STAFF),
    "staff_enrol": staff(P.ENROL_STAFF),
    "staff_member": staff(P.SEE_STAFF, "employment"),
    "staff_member_end": staff(P.ENROL_STAFF, "employment"),
    "staff_manager": staff(P.ENROL_STAFF, "employment"),
    "line_manager_name": staff(P.ENROL_STAFF, "employment"),
    "staff_invitation_withdraw": staff(P.ENROL_STAFF, "staff_invitation"),
    "invitation_accept": Door("token", "token"),
}

# Addresses of the frameworks, by the beginning of their route; each is tested as a group.
FRAMEWORKS = ("accounts/", "cms/", "documents/", "_util/", "static/", "^")
