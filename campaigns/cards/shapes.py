"""The site's mark, three voices in one chord, as outlines for pictures of any size."""

from __future__ import annotations

from PIL import Image, ImageDraw

from campaigns.branding import Colour

Point = tuple[float, float]

# As in core/static/core/img/mark.svg: cubic curves in a square of 48, from the outer voice to the inner one.
START_X, SIDE = 7.0, 48.0
VOICES: tuple[tuple[Point, tuple[tuple[Point, Point, Point], ...]], ...] = (
    ((7, 4), (((59, 2), (59, 46), (7, 44)), ((41.5, 37), (41.5, 11), (7, 4)))),
    ((7, 6.6), (((37, 13.2), (37, 34.8), (7, 41.4)), ((26.5, 33), (26.5, 15), (7, 6.6)))),
    ((7, 9.6), (((22, 17), (22, 31), (7, 38.4)),)),
)
SMOOTHNESS = 48  # points a curve
FINER = 4  # drawn so much larger, then reduced: even edges


def paste_mark(
    picture: Image.Image, left: int, top: int, side: int, colours: tuple[Colour, Colour, Colour]
) -> None:
    """Draw the mark into a square of ``side`` pixels; what lies outside of the picture is left out."""
    for outline, colour in zip(outlines(side), colours, strict=True):
        xs, ys = [x + left for x, __ in outline], [y + top for __, y in outline]
        box = (
            max(0, int(min(xs))),
            max(0, int(min(ys))),
            min(picture.width, int(max(xs)) + 1),
            min(picture.height, int(max(ys)) + 1),
        )
        width, height = box[2] - box[0], box[3] - box[1]
        if width <= 0 or height <= 0:
            continue
        mask = Image.new("L", (width * FINER, height * FINER))
        points = [((x - box[0]) * FINER, (y - box[1]) * FINER) for x, y in zip(xs, ys, strict=True)]
        ImageDraw.Draw(mask).polygon(points, fill=255)
        mask = mask.resize((width, height), Image.Resampling.BOX)
        picture.paste(colour, box, mask)


def outlines(side: int) -> list[list[Point]]:
    scale = side / SIDE
    shapes = []
    for start, curves in VOICES:
        points, at = [start], start
        for one, two, end in curves:
            points += [_on_curve(at, one, two, end, step / SMOOTHNESS) for step in range(1, SMOOTHNESS + 1)]
            at = end
        shapes.append([(x * scale, y * scale) for x, y in points])
    return shapes


def _on_curve(start: Point, one: Point, two: Point, end: Point, share: float) -> Point:
    """A point of a cubic Bézier curve, ``share`` of the way along."""
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    x, y = (
        sum(weight * point[axis] for weight, point in zip(weights, (start, one, two, end), strict=True))
        for axis in (0, 1)
    )
    return x, y
