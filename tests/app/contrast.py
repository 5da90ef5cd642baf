"""How well the screen can be read: the contrast of every cell, as WCAG reckons it."""

from collections.abc import Iterator

from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tutor.app.app import TutorApp

# The sixteen colors of the VGA text mode, which the Linux console still has.
_VGA = (
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
)


def worst(app: TutorApp) -> tuple[float, str]:
    """The least contrast of a text on the screen, and the text; lines and bars are no text."""
    dark = app.current_theme.dark
    found = [
        (
            _ratio(*_colors(segment.style or Style(), dark=dark)),
            f"{segment.text!r}: {segment.style}",
        )
        for segment in _segments(app)
        if any(character.isalnum() for character in segment.text)
    ]
    return min(found)


def _segments(app: TutorApp) -> Iterator[Segment]:
    """What the screen shows; of a dialog only itself, for what lies behind it is dimmed."""
    front = app.screen.query(".dialog, CommandList") if app.screen.is_modal else None
    seen = front.first().region if front else app.screen.region
    for strip in app.screen._compositor.render_strips(app.size)[seen.y : seen.bottom]:
        yield from strip.crop(seen.x, seen.right)


def _colors(style: Style, *, dark: bool) -> tuple[Color, Color]:
    ground, ink = ("#000000", "#aaaaaa") if dark else ("#ffffff", "#000000")
    front = _color(style.color, ink)
    back = _color(style.bgcolor, ground)
    return (back, front) if style.reverse else (front, back)


def _color(color: object, default: str) -> Color:
    from rich.color import Color as RichColor

    if not isinstance(color, RichColor) or color.is_default:
        return Color.parse(default)
    if color.number is not None:
        return Color.parse(_VGA[color.number])
    return Color.from_rich_color(color)


def _ratio(one: Color, other: Color) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def colors(app: TutorApp) -> set[str]:
    """The colors on the screen that are not the terminal's own default."""
    styles = [segment.style for segment in _all(app) if segment.style]
    found = [color for style in styles for color in (style.color, style.bgcolor)]
    return {color.name for color in found if color is not None and not color.is_default}


def underlined(app: TutorApp) -> list[str]:
    """The texts of a dialog, or of the screen, that are underlined."""
    return [one.text for one in _segments(app) if one.style and one.style.underline]


def _all(app: TutorApp) -> Iterator[Segment]:
    for strip in app.screen._compositor.render_strips(app.size):
        yield from strip
