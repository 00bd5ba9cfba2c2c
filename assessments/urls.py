"""Addresses of assessment: the learner's own, and the desk's."""

from django.urls import URLPattern, path

from assessments.views import (
    assessor,
    assignments,
    attempts,
    author,
    claims,
    concessions,
    drafts,
    exemplars,
    files,
    problems,
    quality,
    quarantine,
    question_lives,
    question_writing,
    results,
)

learner: list[URLPattern] = [
    path(
        "enrolments/<uuid:enrolment>/steps/<int:step>/attempt/", attempts.attempt_start, name="attempt_start"
    ),
    path("attempts/<uuid:uuid>/", attempts.attempt, name="attempt"),
    path("attempts/<uuid:uuid>/questions/", attempts.attempt_all, name="attempt_all"),
    path("attempts/<uuid:uuid>/check/", attempts.attempt_check, name="attempt_check"),
    path("attempts/<uuid:uuid>/submit/", attempts.attempt_submit, name="attempt_submit"),
    path("attempts/<uuid:uuid>/<int:position>/", attempts.attempt_question, name="attempt_question"),
    path("attempts/<uuid:uuid>/<int:position>/problem/", problems.question_problem, name="question_problem"),
    path("attempts/<uuid:uuid>/<int:position>/answer/", attempts.answer_save, name="answer_save"),
    path("enrolments/<uuid:enrolment>/steps/<int:step>/draft/", drafts.draft_edit, name="draft_edit"),
    path("enrolments/<uuid:enrolment>/steps/<int:step>/draft/check/", drafts.draft_check, name="draft_check"),
    path(
        "enrolments/<uuid:enrolment>/steps/<int:step>/draft/files/<uuid:file>/",
        drafts.draft_file,
        name="draft_file",
    ),
    path("profile/<uuid:uuid>/", claims.claim_new, name="claim_new"),
    path("team/", claims.claim_list, name="claim_list"),
    path("team/<uuid:uuid>/", claims.claim_answer, name="claim_answer"),
    path("submissions/<uuid:submission>/", assignments.submission, name="submission"),
    path("submissions/<uuid:submission>/files/<int:place>/", files.submission_file, name="submission_file"),
]
desk: list[URLPattern] = [
    path("marking/", assessor.marking_queue, name="marking_queue"),
    path("marking/next/", assessor.marking_next, name="marking_next"),
    path("marking/recorded/<uuid:marking>/", assessor.marking_recorded, name="marking_recorded"),
    path(
        "marking/recorded/<uuid:marking>/files/<int:place>/",
        assessor.marking_recorded_file,
        name="marking_recorded_file",
    ),
    path("marking/<uuid:submission>/", assessor.marking_edit, name="marking_edit"),
    path("marking/<uuid:submission>/files/<int:place>/", assessor.marking_file, name="marking_file"),
    path("marking/<uuid:submission>/check/", assessor.marking_check, name="marking_check"),
    path("marking/<uuid:submission>/set-aside/", assessor.marking_quarantine, name="marking_quarantine"),
    path("quarantine/", quarantine.quarantine_list, name="quarantine_list"),
    path("quarantine/<uuid:uuid>/", quarantine.quarantine_lift, name="quarantine_lift"),
    path("marking/<uuid:submission>/hand-back/", assessor.marking_hand_back, name="marking_hand_back"),
    path("rubrics/<uuid:rubric>/<int:number>/", exemplars.exemplars, name="exemplars"),
    path("quality/", quality.quality_desk, name="quality_desk"),
    path("quality/batches/<uuid:batch>/", quality.batch_detail, name="batch_detail"),
    path("quality/batches/<uuid:batch>/close/", quality.batch_close, name="batch_close"),
    path("quality/batches/<uuid:batch>/release/", quality.batch_release, name="batch_release"),
    path("quality/markings/<uuid:marking>/", quality.quality_marking, name="quality_marking"),
    path("quality/markings/<uuid:marking>/files/<int:place>/", quality.quality_file, name="quality_file"),
    path("quality/markings/<uuid:marking>/agree/", quality.quality_agree, name="quality_agree"),
    path("quality/markings/<uuid:marking>/overturn/", quality.quality_overturn, name="quality_overturn"),
    path("questions/", author.question_list, name="question_list"),
    path("questions/new/", question_writing.question_new, name="question_new"),
    path("questions/new/<str:kind>/", question_writing.question_write, name="question_write"),
    path("questions/<uuid:uuid>/", author.question_detail, name="question_detail"),
    path("questions/<uuid:uuid>/edit/", question_writing.question_edit, name="question_edit"),
    path("questions/<uuid:uuid>/compare/", author.question_compare, name="question_compare"),
    path(
        "questions/<uuid:uuid>/review/<int:version>/", question_lives.question_review, name="question_review"
    ),
    path("questions/<uuid:uuid>/retire/", question_lives.question_retire, name="question_retire"),
    path("questions/<uuid:uuid>/bring-back/", question_lives.question_bring_back, name="question_bring_back"),
    path("adjustments/", concessions.adjustment_list, name="adjustment_list"),
    path("adjustments/<uuid:uuid>/end/", concessions.adjustment_end, name="adjustment_end"),
    path("further-attempts/", concessions.further_attempt_list, name="further_attempt_list"),
    path(
        "further-attempts/<uuid:enrolment>/<int:step>/",
        concessions.further_attempt_give,
        name="further_attempt_give",
    ),
    path("results/", results.result_list, name="result_list"),
    path("results/<uuid:result>/withdraw/", results.result_withdraw, name="result_withdraw"),
]
