"""The number that is printed on a certificate and the code that a stranger types.

A number says institute, year and place in the register, and is no secret. A code is random: 60 bits
in Douglas Crockford's base 32, which leaves out the letters I, L, O and U, and one symbol to check it.

Crockford's own check symbol needs five signs more, among them "*" and "$", which are awkward in an
address. Ours stays within the 32: symbols are elements of the field GF(32) with the polynomial
x^5 + x^2 + 1, the one at place n from the right is multiplied by x^n, and all of them add up to
nought. The weights differ and none is nought, so every single wrong symbol and every exchange of
two symbols, adjacent or not, is found.
"""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYMBOLS = 12
RANDOM_BYTES = 8
UNUSED_BITS = 8 * RANDOM_BYTES - 5 * SYMBOLS

MISREAD = str.maketrans("OIL", "011")
SEPARATORS = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212]+")
LONGEST_TYPED = 60


def number(prefix: str, year: int, serial: int) -> str:
    """The printed number, such as AIC-2026-00042; a serial beyond 99999 takes more digits.

    Raises ValueError for a prefix other than 2 to 8 capitals and digits that begin with a capital,
    a year without four digits, or a serial below 1.
    """
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,7}", prefix):
        raise ValueError(f'"{prefix}" is no prefix of certificate numbers.')
    if not 1000 <= year <= 9999:
        raise ValueError(f"{year} is no year of four digits.")
    if serial < 1:
        raise ValueError(f"Serial numbers begin with 1, not with {serial}.")
    return f"{prefix}-{year}-{serial:05d}"


def new_code(random_bytes: bytes) -> str:
    """A code such as 7K3M-9QXD-2VTH-N of the first 60 bits; raises ValueError unless 8 bytes come."""
    if len(random_bytes) != RANDOM_BYTES:
        raise ValueError(f"A code takes {RANDOM_BYTES} random bytes, not {len(random_bytes)}.")
    bits = int.from_bytes(random_bytes) >> UNUSED_BITS
    symbols = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(SYMBOLS)))
    return _grouped(symbols + _check_symbol(symbols))


def normalise(typed: str) -> str | None:
    """The code as it is kept, whatever case, spaces, hyphens and look-alike letters were typed.

    None where this cannot be a code: wrong length, foreign symbols or a check symbol that does not fit.
    """
    if len(typed) > LONGEST_TYPED:
        return None
    bare = SEPARATORS.sub("", typed)
    symbols = bare.upper().translate(MISREAD)
    # Beyond ASCII, upper() may turn one sign into two.
    is_code = bare.isascii() and len(symbols) == SYMBOLS + 1 and set(symbols) <= set(ALPHABET)
    if not is_code or _check_symbol(symbols[:-1]) != symbols[-1]:
        return None
    return _grouped(symbols)


def _check_symbol(symbols: str) -> str:
    checked = 0
    for symbol in symbols:
        checked = _times_x(checked ^ ALPHABET.index(symbol))
    return ALPHABET[checked]


def _times_x(element: int) -> int:
    shifted = element << 1
    return shifted ^ 0b100101 if shifted & 0b100000 else shifted


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))
