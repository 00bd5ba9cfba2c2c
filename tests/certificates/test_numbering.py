"""Numbers that are printed and codes that strangers type."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.numbering import ALPHABET, new_code, normalise, number

CODE = new_code(bytes.fromhex("0123456789abcdef"))
codes = st.binary(min_size=8, max_size=8).map(new_code)


def grouped(symbols: str) -> str:
    return "-".join([symbols[:4], symbols[4:8], symbols[8:12], symbols[12:]])


def test_a_number_names_institute_year_and_place():
    assert number("AIC", 2026, 42) == "AIC-2026-00042"


def test_a_long_register_takes_more_digits():
    assert number("AIC", 2026, 123456) == "AIC-2026-123456"


@pytest.mark.parametrize("prefix", ["", "A", "aic", "A-C", "1IC", "ABCDEFGHI", "AIC\n"])
def test_a_prefix_that_would_blur_the_number_is_refused(prefix):
    with pytest.raises(ValueError, match="is no prefix of certificate numbers"):
        number(prefix, 2026, 1)


@pytest.mark.parametrize("year", [1000, 9999])
def test_every_year_of_four_digits_will_do(year):
    assert number("AIC", year, 1) == f"AIC-{year}-00001"


@pytest.mark.parametrize("year", [26, 999, 10000])
def test_a_year_has_four_digits(year):
    with pytest.raises(ValueError, match="is no year of four digits"):
        number("AIC", year, 1)


def test_serial_numbers_begin_with_one():
    with pytest.raises(ValueError, match="begin with 1, not with 0"):
        number("AIC", 2026, 0)


places = st.tuples(st.sampled_from(["AIC", "FI"]), st.integers(2000, 2100), st.integers(1, 10**7))


@given(places, places)
def test_two_places_in_the_register_never_share_a_number(one, other):
    assert (number(*one) == number(*other)) == (one == other)


def test_a_code_stays_the_same_for_ever():
    # 0x0123456789abcdef in base 32 without its last four bits; V by long division in GF(32).
    assert CODE == "04HM-ASW9-NF6Y-V"
    assert new_code(bytes(8)) == "0000-0000-0000-0"


@pytest.mark.parametrize("count", [0, 7, 9])
def test_a_code_takes_eight_random_bytes(count):
    with pytest.raises(ValueError, match=f"takes 8 random bytes, not {count}"):
        new_code(bytes(count))


@given(codes)
def test_a_code_has_thirteen_symbols_of_the_alphabet_in_groups(code):
    first, second, third, check = code.split("-")

    assert [len(first), len(second), len(third), len(check)] == [4, 4, 4, 1]
    assert set(code) <= {*ALPHABET, "-"}


@given(st.integers(0, 2**60 - 1), st.integers(0, 2**60 - 1), st.integers(0, 15))
def test_all_sixty_bits_make_the_code_and_no_others(one, other, unused):
    code, second = (new_code((bits << 4 | unused).to_bytes(8)) for bits in (one, other))

    assert (code == second) == (one == other)
    assert code == new_code((one << 4).to_bytes(8))


def test_sixty_signs_are_the_longest_that_is_looked_at():
    assert normalise(CODE.ljust(60)) == CODE


@given(codes)
def test_a_code_is_kept_as_it_was_made(code):
    assert normalise(code) == code


@given(codes, st.sampled_from(["", " ", "-", "--", "\N{EN DASH}", "\N{NO-BREAK SPACE}"]))
def test_case_spaces_and_hyphens_are_forgiven(code, separator):
    typed = separator.join(code.replace("-", "").lower())

    assert normalise(f"  {typed}\n") == code


@given(codes, st.sampled_from("Oo"), st.sampled_from("IiLl"))
def test_letters_that_look_like_digits_are_forgiven(code, nought, one):
    assert normalise(code.replace("0", nought).replace("1", one)) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "04HM-ASW9-NF6Y",
        "04HM-ASW9-NF6Y-VV",
        "04HM-ASW9-NF6Y-W",
        "04HM-ASW9-NF6U-V",
        "04HM-ASW9-NF6Y-*",
        "04HM_ASW9_NF6Y_V",
        "04HM-A\N{LATIN SMALL LETTER SHARP S}W9-NF6Y",
        "\N{FULLWIDTH DIGIT ZERO}4HM-ASW9-NF6Y-V",
        CODE.ljust(61),
    ],
)
def test_what_cannot_be_a_code_is_none(typed):
    assert normalise(typed) is None


# Few examples, because the linearity below proves it for all codes.
@settings(max_examples=10)
@given(codes)
def test_every_single_wrong_symbol_is_found(code):
    symbols = code.replace("-", "")

    undetected = [
        (place, wrong)
        for place, right in enumerate(symbols)
        for wrong in ALPHABET
        if wrong != right and normalise(symbols[:place] + wrong + symbols[place + 1 :])
    ]

    assert undetected == []


def exchanged(symbols: str, one: int, other: int) -> str:
    mixed = list(symbols)
    mixed[one], mixed[other] = mixed[other], mixed[one]
    return "".join(mixed)


@settings(max_examples=10)
@given(codes)
def test_every_exchange_of_two_symbols_is_found(code):
    symbols = code.replace("-", "")

    undetected = [
        (one, other)
        for one, other in combinations(range(13), 2)
        if symbols[one] != symbols[other] and normalise(exchanged(symbols, one, other))
    ]

    assert undetected == []


def test_the_check_is_linear_so_one_code_proves_it_for_all():
    """Adding two codes symbol by symbol gives a code, so a fault is missed in all or in none.

    The faults at nought are then all faults: each of 13 * 31 wrong symbols and, for an exchange of
    a and b, each pair of places with a + b at both.
    """
    nought = "0" * 13
    wrong_symbols = [
        nought[:place] + ALPHABET[error] + nought[place + 1 :]
        for place in range(13)
        for error in range(1, 32)
    ]
    exchanges = [
        "".join(ALPHABET[error] if place in pair else "0" for place in range(13))
        for pair in combinations(range(13), 2)
        for error in range(1, 32)
    ]

    assert [typed for typed in wrong_symbols + exchanges if normalise(typed)] == []


@given(codes, codes)
def test_two_codes_added_symbol_by_symbol_are_a_code(one, other):
    pairs = zip(one.replace("-", ""), other.replace("-", ""), strict=True)

    added = "".join(ALPHABET[ALPHABET.index(a) ^ ALPHABET.index(b)] for a, b in pairs)

    assert normalise(added) == grouped(added)
