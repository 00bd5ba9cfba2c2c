"""Answers to quiz questions for people who are invented: right ones and wrong ones, read from the key."""

from assessments import scoring
from assessments.models import QuestionVersion


def right_answer(version: QuestionVersion) -> object:
    """An answer that earns the whole point."""
    spec = scoring.parse(version.kind, version.body)
    match spec:
        case scoring.SingleChoice():
            return next(option.key for option in spec.options if option.correct)
        case scoring.SeveralChoice():
            return [option.key for option in spec.options if option.correct]
        case scoring.TrueFalse():
            return "true" if spec.answer else "false"
        case scoring.Number():
            return next(str(answer.value) for answer in spec.answers if answer.points == 1)
        case scoring.ShortText():
            return next(answer.pattern.replace("*", "") for answer in spec.answers if answer.points == 1)
        case scoring.Matching():
            return {stem.key: stem.choice for stem in spec.stems}
        case scoring.Ordering():
            return [item.key for item in spec.items]
    raise TypeError(f"Nobody in the demonstration can answer a question of kind {version.kind}.")


def wrong_answer(version: QuestionVersion, pick: int) -> object:
    """One of the answers that earn nothing, or None, which leaves the question open; `pick` chooses among them."""
    spec = scoring.parse(version.kind, version.body)
    match spec:
        case scoring.SingleChoice():
            wrong = [option.key for option in spec.options if not option.correct]
            return wrong[pick % len(wrong)]
        case scoring.TrueFalse():
            return "false" if spec.answer else "true"
    return None
