"""Charts as SVG with their words and their table."""

import pytest

from lms.ui.charts import Bar, Stack, bars, stacked


def test_a_bar_is_as_long_as_its_share_and_says_its_value_and_note() -> None:
    chart = bars("Correct", "By question.", [Bar("Unit cost & price", 50, "review")])

    assert 'width="190" height="20" rx="2" fill="#b0245c"' in chart
    assert "50% – review</text>" in chart
    assert "Unit cost &amp; price" in chart


def test_a_chart_has_a_title_a_description_and_its_figures_as_a_table() -> None:
    chart = bars("Correct", "By question.", [Bar("Market", 72)])

    assert "<title>Correct</title><desc>By question.</desc>" in chart
    assert '<th scope="row">Market</th><td class="numeric">72%</td>' in chart


def test_the_parts_of_a_stack_fill_the_plot_between_them() -> None:
    chart = stacked("Bands", "By assessor.", ["Pass", "Merit"], [Stack("Asif", [1, 3])])

    assert '<rect x="270" y="5" width="95"' in chart
    assert '<rect x="365" y="5" width="285"' in chart
    assert "4 in all" in chart


def test_a_stack_of_nothing_has_no_parts_and_a_total_of_nought() -> None:
    chart = stacked("Bands", "By assessor.", ["Pass", "Merit"], [Stack("Asif", [0, 0])])

    assert 'y="5"' not in chart
    assert "0 in all" in chart


def test_a_part_too_narrow_for_its_number_goes_without_and_stands_in_the_table() -> None:
    chart = stacked("Bands", "By assessor.", ["Pass", "Merit"], [Stack("Asif", [99, 1])])

    assert ">1</text>" not in chart
    assert '<td class="numeric">1</td>' in chart


def test_more_than_four_parts_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 4 parts"):
        stacked("Bands", "", ["a", "b", "c", "d", "e"], [])


def test_a_chart_carries_no_style_attribute() -> None:
    assert "style=" not in bars("Correct", "", [Bar("Market", 72)])
