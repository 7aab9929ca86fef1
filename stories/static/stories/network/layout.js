// Where everybody on a map is placed. The same as stories/network/layout.py: a test compares what both make of the
// same people. Change the rules there and here.

import { UNIT, box, crosses, divide, middleOf, overlaps, polar, squareAround, turned, within } from "./geometry.js";
import { breakLines, textWidth } from "./measures.js";

const SECTOR_ORDER = ["DE", "BE", "XX", "NL"];
const SECTOR_MIDDLES = { DE: 0, NL: 270, BE: 180, XX: 180 };
const EMPTY_SECTORS = [["DE", 300], ["BE", 60], ["NL", 180]];
const NARROWEST_SECTOR = 56;
const RING_NEEDS = [[1, 6], [2, 3], [3, 2]];
const BORDER_CLEARANCE = 7;
const BELOW = 4;
const SWEEPS = 2;
const STEPS_FOR_LABELS = 2;
const CROWDED = 14;
const [BALLOON_UP, BALLOON_OUT] = [8, 9];

const LINE_THROUGH_LABEL = 160;
const LINE_THROUGH_PERSON = 500;
const LINE_THROUGH_OWN_LABEL = 160;
const LABEL_ON_BORDER = 220;
const LABEL_ABROAD = 300;
const OFF_LEVEL = 5;

export const WIDE = {
  ego: 46,
  rings: [138, 246, 348],
  node: 15,
  size: 16,
  line: 19,
  comfortable: 124,
  widest: 180,
  rim: 34,
  growth: 10,
  beside: 16,
  numbered: false,
};
export const NARROW = {
  ego: 33,
  rings: [72, 116, 158],
  node: 12,
  size: 15,
  line: 15,
  comfortable: 40,
  widest: 40,
  rim: 22,
  growth: 6,
  beside: 6,
  numbered: true,
};

/** `people` are objects with label, organisation, country, ring, how_often, involved_by_care and helped. */
export function place(people, frame) {
  const sectors = sectorsOf(people);
  const rings = [...frame.rings];
  const found = () => {
    const spots = withRoom(people, sectors, rings, frame);
    const layout = { sectors, rings: [...rings], spots, radius: rings[2] + frame.rim + 3 };
    return [struckLabels(spots, sectors, rings), layout];
  };
  let [fewest, chosen] = found();
  const steps = frame.numbered || people.length > CROWDED ? 0 : STEPS_FOR_LABELS;
  for (let step = 0; step < steps && fewest; step += 1) {
    grow(rings, 2, frame);
    const [struck, layout] = found();
    if (struck < fewest) [fewest, chosen] = [struck, layout];
  }
  return chosen;
}

function withRoom(people, sectors, rings, frame) {
  for (;;) {
    const { full, spots } = placeAll(people, sectors, rings, frame);
    if (!full) return spots;
    grow(rings, full, frame);
  }
}

function grow(rings, first, frame) {
  for (let ring = first; ring <= 3; ring += 1) rings[ring - 1] += frame.growth;
}

function struckLabels(spots, sectors, rings) {
  const lines = [...bordersOf(sectors, rings), ...spots.map((spot) => spot.point)];
  return spots.reduce((sum, spot) => sum + lines.filter((line) => crosses(spot.label, line)).length, 0);
}

function bordersOf(sectors, rings) {
  return sectors.length > 1 ? sectors.map((sector) => polar(sector.start, rings[2])) : [];
}

export function sectorsOf(people) {
  if (!people.length) return EMPTY_SECTORS.map(([country, start]) => ({ country, start, width: 120 }));
  const needs = new Map();
  for (const country of SECTOR_ORDER) {
    const rings = people.filter((person) => person.country === country).map((person) => person.ring);
    if (rings.length) {
      const count = ([ring, need]) => rings.filter((one) => one === ring).length * need;
      needs.set(country, 2 + Math.max(...RING_NEEDS.map(count)));
    }
  }
  const countries = [...needs.keys()];
  if (countries.length < 2) return countries.map((country) => ({ country, start: 270, width: 360 }));
  const spare = 360 - NARROWEST_SECTOR * countries.length;
  const total = [...needs.values()].reduce((sum, need) => sum + need, 0);
  const widths = new Map(
    countries.map((country) => [country, NARROWEST_SECTOR + divide(spare * needs.get(country), total)]),
  );
  const widest = countries.reduce((best, country) => (widths.get(country) > widths.get(best) ? country : best));
  const sum = [...widths.values()].reduce((all, width) => all + width, 0);
  widths.set(widest, widths.get(widest) + 360 - sum);
  const first = Object.keys(SECTOR_MIDDLES).find((country) => widths.has(country));
  let start = turned(SECTOR_MIDDLES[first] - divide(widths.get(first), 2));
  const turn = countries.indexOf(first);
  return [...countries.slice(turn), ...countries.slice(0, turn)].map((country) => {
    const sector = { country, start, width: widths.get(country) };
    start = turned(start + sector.width);
    return sector;
  });
}

export function middleAngle(sector) {
  return turned(sector.start + divide(sector.width, 2));
}

function holds(sector, point) {
  const start = polar(sector.start, UNIT);
  const end = polar(sector.start + sector.width, UNIT);
  const afterStart = start.x * point.y - start.y * point.x >= 0;
  const beforeEnd = point.x * end.y - point.y * end.x >= 0;
  return sector.width <= 180 ? afterStart && beforeEnd : afterStart || beforeEnd;
}

function placeAll(people, sectors, rings, frame) {
  const chosen = new Map();
  const offers = new Map();
  const borders = bordersOf(sectors, rings);
  for (const [ring] of RING_NEEDS) {
    for (const sector of sectors) {
      const indices = people.flatMap((person, index) =>
        person.ring === ring && person.country === sector.country ? [index] : [],
      );
      for (const [number, index] of indices.entries()) {
        const degrees = slot(sector, number, indices.length);
        offers.set(index, offersFor(index, people[index], sector, degrees, rings, frame, borders));
        const spot = best(offers.get(index), [...chosen.values()], frame.beside);
        if (!spot) return { full: ring };
        chosen.set(index, spot);
      }
    }
  }
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const index of offers.keys()) {
      const others = [...chosen].filter(([other]) => other !== index).map(([, spot]) => spot);
      chosen.set(index, best(offers.get(index), others, frame.beside));
    }
  }
  return { spots: people.map((_, index) => chosen.get(index)) };
}

export function slot(sector, number, count) {
  const clearance = sector.width < 360 ? BORDER_CLEARANCE : 0;
  const usable = sector.width - 2 * clearance;
  const start = sector.start + clearance;
  return [start + divide(usable * number, count), start + divide(usable * (number + 1), count)];
}

function offersFor(index, person, sector, degrees, rings, frame, borders) {
  const inner = person.ring > 1 ? rings[person.ring - 2] : frame.ego;
  const furthest = rings[person.ring - 1] - frame.node - 5;
  const nearest = inner + frame.node + 5 + (person.ring === 1 ? divide(frame.node, 2) : 0);
  const lines = labelOf(index, person, frame);
  const balloon = person.involved_by_care !== "no";
  const middle = divide(degrees[0] + degrees[1], 2);
  const ego = squareAround({ x: 0, y: 0 }, frame.ego);
  const offers = [];
  for (let angle = degrees[0]; angle <= degrees[1]; angle += 3) {
    for (let level = 0; level < 4; level += 1) {
      const point = polar(angle, nearest + divide((furthest - nearest) * level, 3));
      const node = signBox(point, frame, balloon);
      for (const [penalty, anchor, label] of labelPlaces(point, lines, balloon, frame)) {
        if (overlaps(label, ego, BELOW, BELOW) || !within(label, rings[2] - 2)) continue;
        let cost = penalty + Math.abs(angle - middle) + OFF_LEVEL * Math.abs(2 * level - 3);
        if (crosses(label, point)) cost += LINE_THROUGH_OWN_LABEL;
        for (const border of borders) if (crosses(label, border)) cost += LABEL_ON_BORDER;
        if (borders.length && !holds(sector, middleOf(label))) cost += LABEL_ABROAD;
        offers.push([cost, { point, node, label, lines, anchor }]);
      }
    }
  }
  return offers;
}

function signBox(point, frame, balloon) {
  const one = squareAround(point, frame.node);
  return balloon ? box(one.left, one.top - BALLOON_UP, one.right + BALLOON_OUT, one.bottom) : one;
}

function labelOf(index, person, frame) {
  if (frame.numbered) return [String(index + 1)];
  return breakLines(person.label, frame.size, frame.comfortable, frame.widest);
}

function labelPlaces(point, lines, balloon, frame) {
  const width = Math.max(0, ...lines.map((line) => textWidth(line, frame.size)));
  const height = frame.line * lines.length;
  const off = frame.node + 4;
  const left = point.x - divide(width, 2);
  const beside = frame.node + 7;
  const [above, right] = balloon ? [off + BALLOON_UP, beside + BALLOON_OUT] : [off, beside];
  const top = point.y - divide(height, 2);
  const outward = frame.numbered ? 4 : 14;
  const below = point.y + off;
  const over = point.y - above - height;
  const places = [
    [frame.numbered ? 8 : 0, "middle", box(left, below, left + width, below + height)],
    [point.x >= 0 ? outward : 30, "start", box(point.x + right, top, point.x + right + width, top + height)],
    [point.x < 0 ? outward : 30, "end", box(point.x - beside - width, top, point.x - beside, top + height)],
    [12, "middle", box(left, over, left + width, over + height)],
  ];
  if (width <= 2 * frame.node) return places;
  const west = point.x + frame.node - width;
  const east = point.x - frame.node;
  for (const [penalty, y] of [[14, below], [18, over]]) {
    places.push([penalty, "end", box(west, y, west + width, y + height)]);
    places.push([penalty, "start", box(east, y, east + width, y + height)]);
  }
  return places;
}

function best(offers, others, beside) {
  let found = null;
  let least = Infinity;
  for (const [cost, spot] of offers) {
    if (cost >= least) continue;
    const total = cost + crossings(spot, others, least - cost);
    if (total >= least || others.some((other) => collide(spot, other, beside))) continue;
    found = spot;
    least = total;
  }
  return found;
}

function collide(one, other, beside) {
  return (
    overlaps(one.node, other.node, BELOW, BELOW) ||
    overlaps(one.node, other.label, beside, BELOW) ||
    overlaps(one.label, other.node, beside, BELOW) ||
    overlaps(one.label, other.label, beside, BELOW)
  );
}

function crossings(spot, others, limit) {
  let cost = 0;
  for (const other of others) {
    if (cost >= limit) break;
    if (crosses(other.node, spot.point)) cost += LINE_THROUGH_PERSON;
    if (crosses(other.label, spot.point)) cost += LINE_THROUGH_LABEL;
    if (crosses(spot.node, other.point)) cost += LINE_THROUGH_PERSON;
    if (crosses(spot.label, other.point)) cost += LINE_THROUGH_LABEL;
  }
  return cost;
}
