"""What is judged: questions and attempts, work and marking, the quality of marking, and results."""

from assessments.models.assignments import AssignmentPage, AssignmentVersion
from assessments.models.assurance import QualityDecision, QualityMark, QualityReason, Sampled
from assessments.models.attempts import (
    Adjustment,
    Answer,
    Attempt,
    AttemptQuestion,
    FurtherAttempt,
    Response,
    Score,
)
from assessments.models.batches import Batch
from assessments.models.cases import (
    Case,
    CaseAttempt,
    CaseChoice,
    CasePage,
    CasePause,
    CaseScore,
    CaseVersion,
)
from assessments.models.claims import Claim, ClaimWords
from assessments.models.exemplars import Exemplar
from assessments.models.judgements import JudgedCriterion, JudgedWork, judged, with_judgement
from assessments.models.marking import (
    DeclaredInterest,
    Feedback,
    Mark,
    Marking,
    MarkingDraft,
)
from assessments.models.quarantine import PassedOver, Quarantine, QuarantineEnding, QuarantineWords
from assessments.models.questions import Pool, Question, QuestionReview, QuestionVersion, ReviewRemark
from assessments.models.quizzes import QuizPage, QuizVersion, Review
from assessments.models.results import Result, ResultEvent, WithdrawalReason
from assessments.models.rubrics import BANDS, Criterion, Rubric, RubricVersion
from assessments.models.submissions import Draft, Submission, SubmissionText
from assessments.models.work_files import DraftFile, SubmissionFile, SubmissionFileContent

__all__ = [
    "BANDS",
    "Adjustment",
    "Answer",
    "AssignmentPage",
    "AssignmentVersion",
    "Attempt",
    "AttemptQuestion",
    "Batch",
    "Case",
    "CaseAttempt",
    "CaseChoice",
    "CasePage",
    "CasePause",
    "CaseScore",
    "CaseVersion",
    "Claim",
    "ClaimWords",
    "Criterion",
    "DeclaredInterest",
    "Draft",
    "DraftFile",
    "Exemplar",
    "Feedback",
    "FurtherAttempt",
    "JudgedCriterion",
    "JudgedWork",
    "Mark",
    "Marking",
    "MarkingDraft",
    "PassedOver",
    "Pool",
    "QualityDecision",
    "QualityMark",
    "QualityReason",
    "Quarantine",
    "QuarantineEnding",
    "QuarantineWords",
    "Question",
    "QuestionReview",
    "QuestionVersion",
    "QuizPage",
    "QuizVersion",
    "Response",
    "Result",
    "ResultEvent",
    "Review",
    "ReviewRemark",
    "Rubric",
    "RubricVersion",
    "Sampled",
    "Score",
    "Submission",
    "SubmissionFile",
    "SubmissionFileContent",
    "SubmissionText",
    "WithdrawalReason",
    "judged",
    "with_judgement",
]
