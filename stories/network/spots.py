"""What one person fills on a map: a sign, and a label on one of its sides."""

from __future__ import annotations

from dataclasses import dataclass

from stories.network.geometry import Box, Point, square_around
from stories.network.measures import break_lines, text_width
from stories.network.people import Person


@dataclass(frozen=True, slots=True)
class Frame:
    """The measures of a map, in units of its drawing. ``numbered``: numbers instead of labels, for a phone."""

    ego: int
    rings: tuple[int, int, int]
    node: int
    size: int
    line: int
    comfortable: int
    widest: int
    rim: int
    growth: int
    beside: int  # the least distance between two labels on one line
    numbered: bool


WIDE = Frame(
    ego=46,
    rings=(138, 246, 348),
    node=15,
    size=16,
    line=19,
    comfortable=124,
    widest=180,
    rim=34,
    growth=10,
    beside=16,
    numbered=False,
)
NARROW = Frame(
    ego=33,
    rings=(72, 116, 158),
    node=12,
    size=15,
    line=15,
    comfortable=40,
    widest=40,
    rim=22,
    growth=6,
    beside=6,
    numbered=True,
)


BALLOON_UP, BALLOON_OUT = 8, 9  # how far a balloon stands out of its sign
# Of a label below, to the right, to the left, above; below and above, reaching to the left or to the right.
ANCHORS = ("middle", "start", "end", "middle", "end", "start", "end", "start")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one person lies: the box of the sign with its balloon, the lines of the label and the box they fill."""

    point: Point
    side: int  # of the label, as in ANCHORS
    node: Box
    label: Box
    lines: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """As SVG's text-anchor."""
        return ANCHORS[self.side]


def spots_around(point: Point, lines: tuple[str, ...], balloon: bool, frame: Frame) -> list[Spot]:
    """Somebody at ``point`` with the label on each side, and a wide one to the left and right of below and above."""
    width = max((text_width(line, frame.size) for line in lines), default=0)
    height = frame.line * len(lines)
    off, beside = frame.node + 4, frame.node + 7
    above, right = (off + BALLOON_UP, beside + BALLOON_OUT) if balloon else (off, beside)
    left, top = point.x - width // 2, point.y - height // 2
    below, over = point.y + off, point.y - above - height
    labels = [
        Box(left, below, left + width, below + height),
        Box(point.x + right, top, point.x + right + width, top + height),
        Box(point.x - beside - width, top, point.x - beside, top + height),
        Box(left, over, left + width, over + height),
    ]
    if width > 2 * frame.node:
        west, east = point.x + frame.node - width, point.x - frame.node
        labels += [Box(x, y, x + width, y + height) for y in (below, over) for x in (west, east)]
    node = sign_box(point, frame, balloon)
    return [Spot(point, side, node, label, lines) for side, label in enumerate(labels)]


def sign_box(point: Point, frame: Frame, balloon: bool) -> Box:
    """What the sign of a person fills; a balloon stands out at its upper right."""
    box = square_around(point, frame.node)
    return Box(box.left, box.top - BALLOON_UP, box.right + BALLOON_OUT, box.bottom) if balloon else box


def label_lines(number: int, person: Person, frame: Frame) -> tuple[str, ...]:
    if frame.numbered:
        return (str(number),)
    return tuple(break_lines(person.label, frame.size, frame.comfortable, frame.widest))
