// Angles, boxes and lines in whole numbers around a middle at (0, 0). The same as stories/network/geometry.py.

export const UNIT = 10000;
const turns = Array.from({ length: 360 }, (_, angle) => (angle * Math.PI) / 180);
const COSINES = turns.map((turn) => Math.floor(Math.cos(turn) * UNIT + 0.5));
const SINES = turns.map((turn) => Math.floor(Math.sin(turn) * UNIT + 0.5));

/** `value / by`, rounded down, for whole numbers of either sign. */
export function divide(value, by) {
  return Math.floor(value / by);
}

export function turned(angle) {
  return ((angle % 360) + 360) % 360;
}

export function polar(angle, radius) {
  const turn = turned(angle);
  return {
    x: divide(radius * COSINES[turn] + UNIT / 2, UNIT),
    y: divide(radius * SINES[turn] + UNIT / 2, UNIT),
  };
}

export function box(left, top, right, bottom) {
  return { left, top, right, bottom };
}

export function squareAround(point, half) {
  return box(point.x - half, point.y - half, point.x + half, point.y + half);
}

export function middleOf(one) {
  return { x: divide(one.left + one.right, 2), y: divide(one.top + one.bottom, 2) };
}

export function overlaps(one, other, beside, below) {
  return (
    one.left < other.right + beside &&
    other.left < one.right + beside &&
    one.top < other.bottom + below &&
    other.top < one.bottom + below
  );
}

export function within(one, radius) {
  const x = Math.max(-one.left, one.right);
  const y = Math.max(-one.top, one.bottom);
  return x * x + y * y <= radius * radius;
}

/** Whether the line from the middle to `end` touches the box. */
export function crosses(one, end) {
  if (
    one.left > Math.max(0, end.x) ||
    Math.min(0, end.x) > one.right ||
    one.top > Math.max(0, end.y) ||
    Math.min(0, end.y) > one.bottom
  ) {
    return false;
  }
  const sides = [one.left, one.right].flatMap((x) => [one.top, one.bottom].map((y) => end.x * y - end.y * x));
  return Math.min(...sides) <= 0 && Math.max(...sides) >= 0;
}
