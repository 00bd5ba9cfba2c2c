"""From bands to an outcome."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.judging import (
    BadMarking,
    IncompleteMarking,
    Judgement,
    QualityDecision,
    judge,
    standing_bands,
)

CRITERIA = ("need", "evidence", "voice", "risk")
PASSED = {"need": 2, "evidence": 3, "voice": 2, "risk": 4}

bands = st.fixed_dictionaries({criterion: st.integers(1, 4) for criterion in CRITERIA})
some_bands = st.dictionaries(st.sampled_from(CRITERIA), st.integers(1, 4))
decisions = st.lists(
    st.builds(QualityDecision, st.sampled_from(["agree", "overturn"]), some_bands), max_size=5
)


def test_band_two_on_every_criterion_is_competent():
    assert judge(dict.fromkeys(CRITERIA, 2), CRITERIA, 0) == Judgement("competent")


def test_one_criterion_below_band_two_is_not_yet_competent_and_named():
    judgement = judge({**PASSED, "voice": 1}, CRITERIA, 0)

    assert judgement == Judgement("not_yet_competent", missing=("voice",))


def test_missing_criteria_come_in_the_order_of_the_rubric():
    judgement = judge({"risk": 1, "voice": 4, "need": 1, "evidence": 4}, CRITERIA, 0)

    assert judgement.missing == ("need", "risk")


def test_unsafe_advice_is_not_yet_competent_however_good_the_bands():
    judgement = judge(dict.fromkeys(CRITERIA, 4), CRITERIA, unsafe_passages=1)

    assert judgement == Judgement("not_yet_competent", unsafe=True)


def test_criteria_without_a_band_are_named():
    with pytest.raises(IncompleteMarking, match="no band yet: evidence, risk") as refusal:
        judge({"need": 2, "voice": 2}, CRITERIA, 0)

    assert refusal.value.criteria == ("evidence", "risk")


@pytest.mark.parametrize("band", [0, 5, -1])
def test_a_band_off_the_scale_is_refused(band):
    with pytest.raises(BadMarking, match=f'"risk" has band {band}; bands are 1 to 4'):
        judge({**PASSED, "risk": band}, CRITERIA, 0)


def test_a_band_for_a_criterion_of_another_rubric_is_refused():
    with pytest.raises(BadMarking, match='"style" is no criterion of this rubric'):
        judge({**PASSED, "style": 4}, CRITERIA, 0)


def test_a_rubric_without_criteria_shows_nobody_competent():
    with pytest.raises(BadMarking, match="without criteria"):
        judge({}, (), 0)


def test_an_agreement_changes_no_band():
    assert standing_bands(PASSED, [QualityDecision("agree")]) == PASSED


def test_an_overturn_replaces_the_bands_it_names():
    overturn = QualityDecision("overturn", {"need": 1, "risk": 2})

    assert standing_bands(PASSED, [overturn]) == {"need": 1, "evidence": 3, "voice": 2, "risk": 2}


def test_the_later_decision_stands():
    first = QualityDecision("overturn", {"need": 1, "voice": 1})
    second = QualityDecision("overturn", {"need": 3})

    standing = standing_bands(PASSED, [first, QualityDecision("agree"), second])

    assert standing == {**PASSED, "need": 3, "voice": 1}


def test_a_marking_is_left_as_it_was():
    marking = dict(PASSED)

    standing_bands(marking, [QualityDecision("overturn", {"need": 1})])

    assert marking == PASSED


@pytest.mark.parametrize("overturned", [{"style": 2}, {"need": 0}])
def test_an_overturn_that_does_not_fit_the_marking_is_refused(overturned):
    with pytest.raises(BadMarking):
        standing_bands(PASSED, [QualityDecision("overturn", overturned)])


@given(bands, st.integers(0, 3))
def test_competent_means_nothing_below_two_and_nothing_unsafe(marked, unsafe_passages):
    judgement = judge(marked, CRITERIA, unsafe_passages)

    assert (judgement.outcome == "competent") == (min(marked.values()) >= 2 and not unsafe_passages)
    assert set(judgement.missing) == {key for key, band in marked.items() if band == 1}


@given(bands, st.sampled_from(CRITERIA))
def test_a_better_band_never_costs_the_outcome(marked, criterion):
    better = {**marked, criterion: min(4, marked[criterion] + 1)}

    before, after = judge(marked, CRITERIA, 0), judge(better, CRITERIA, 0)

    assert set(after.missing) <= set(before.missing)


@given(bands, decisions, decisions)
def test_decisions_taken_in_two_sittings_stand_as_in_one(marked, earlier, later):
    in_two = standing_bands(standing_bands(marked, earlier), later)

    assert standing_bands(marked, earlier + later) == in_two
