"""An institute's own colours: what they are measured by, and every token that follows from two of them."""

import colorsys
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

WHITE, BLACK = "#ffffff", "#000000"
# The ground of Piper's pages, --paper in tokens.css.
PAPER = "#f5f6f9"
# WCAG 2.2, 1.4.3: words of ordinary size against what they stand on.
ENOUGH = 4.5
# --brand and --accent in tokens.css: what an institute has that chose none.
PIPERS_BRAND, PIPERS_ACCENT = "#4a2a86", "#b0245c"

_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_STEPS = 200


class NotAColour(ValueError):
    """The text names no colour in the way that style sheets write them."""


@dataclass(frozen=True)
class Measured:
    """A colour against what it stands on in our pages: its lowest contrast, and the nearest colour that passes."""

    colour: str
    contrast: float
    nearby: str

    @property
    def passes(self) -> bool:
        return self.contrast >= ENOUGH

    @property
    def ratio(self) -> str:
        """The contrast as people write it, "4.5 to 1", never rounded up to what it does not reach."""
        return f"{int(self.contrast * 10) / 10} to 1"


def normal(text: str) -> str:
    """A colour as "#4a2a86", from that, "4A2A86" or "#abc". Raises NotAColour."""
    found = _HEX.fullmatch(text.strip())
    if not found:
        raise NotAColour(text)
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def measured(colour: str) -> Measured:
    """The colour as it will be used: under white words, and as words on white, on our pages' ground and on its own tint."""
    return Measured(colour, _lowest(colour), nearby(colour))


def nearby(colour: str) -> str:
    """The colour itself if it passes, else the same hue made just dark enough."""
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    for step in range(_STEPS + 1):
        darker = colorsys.hls_to_rgb(hue, light * (1 - step / _STEPS), saturation)
        found = _hex(*(part * 255 for part in darker)) if step else colour
        if _lowest(found) >= ENOUGH:
            return found
    return BLACK


@lru_cache(maxsize=256)
def style_sheet(brand: str, accent: str) -> str:
    """The style sheet that re-brands every page under it; empty colours are Piper's own, two of them no sheet."""
    if not brand and not accent:
        return ""
    tokens = (_of_brand(brand) if brand else {}) | (_of_accent(accent) if accent else {})
    lines = "".join(f"    --{name.replace('_', '-')}: {value};\n" for name, value in tokens.items())
    return f"@layer tokens {{\n  :root {{\n{lines}  }}\n}}\n"


@lru_cache(maxsize=256)
def digest(brand: str, accent: str) -> str:
    """What the address of the style sheet ends in: another sheet, another address. Empty without a sheet."""
    sheet = style_sheet(brand, accent)
    return hashlib.sha256(sheet.encode()).hexdigest()[:12] if sheet else ""


def palette(brand: str, accent: str) -> dict[str, str]:
    """Every colour of the brand by its token's name, for a picture of pages that wear them; empty ones are Piper's."""
    return _of_brand(brand or PIPERS_BRAND) | _of_accent(accent or PIPERS_ACCENT)


def _of_brand(brand: str) -> dict[str, str]:
    dark = _mixed(brand, BLACK, 0.45)
    return {
        "brand": brand,
        "brand_dark": dark,
        "brand_mid": _mixed(dark, WHITE, 0.25),
        "brand_tint": _tint(brand),
        "brand_tint_strong": _mixed(brand, WHITE, 0.78),
        "on_brand_soft": _mixed(brand, WHITE, 0.86),
    }


def _of_accent(accent: str) -> dict[str, str]:
    return {"accent": accent, "accent_ink": _mixed(accent, BLACK, 0.35), "accent_tint": _tint(accent)}


def _tint(colour: str) -> str:
    return _mixed(colour, WHITE, 0.9)


def _lowest(colour: str) -> float:
    return min(contrast(colour, ground) for ground in (WHITE, PAPER, _tint(colour)))


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (part / 255 for part in _parts(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mixed(colour: str, other: str, share: float) -> str:
    """The colour with that share of the other in it."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return _hex(*(one * (1 - share) + two * share for one, two in pairs))


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(red: float, green: float, blue: float) -> str:
    return f"#{round(red):02x}{round(green):02x}{round(blue):02x}"
