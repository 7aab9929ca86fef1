// The map as shapes. The same as stories/network/drawing.py: a test compares the SVG that both make.
// An element is { name, attributes, children }; `build` makes it part of a page, `markup` a text.

import { divide, polar } from "./geometry.js";
import { middleAngle, place } from "./layout.js";
import { breakLines, textWidth } from "./measures.js";

const SVG = "http://www.w3.org/2000/svg";
const [INK, SOFT, PAPER, NODE, EGO, BADGE] = ["#271c36", "#574a67", "#fffdfb", "#5f2b66", "#2b1d3f", "#f7cf85"];
const TINTS = { NL: "#d3eaec", DE: "#eddcef", BE: "#fae9c4", XX: "#e9e5ea" };
const RIMS = { NL: "#0e6a79", DE: "#8a4788", BE: "#dd9a25", XX: "#82738e" };
const NAMES_ON_RIM = { NL: "#ffffff", DE: "#ffffff", BE: "#271c36", XX: "#ffffff" };
const LINES = { daily: ["4.5", ""], weekly: ["2", ""], monthly: ["2.5", "9 6"], rarely: ["2.5", "0.1 7"] };
const SMALLEST_NAME = 11;
const FONT = "Atkinson Next, system-ui, sans-serif";

const element = (name, attributes, children = []) => ({ name, attributes, children });

/** `words` has title, description, ego and countries (names by code). */
export function draw(people, frame, words, prefix) {
  const layout = place(people, frame);
  const { radius, spots } = layout;
  return element(
    "svg",
    {
      xmlns: SVG,
      class: "network-map",
      viewBox: `${-radius} ${-radius} ${2 * radius} ${2 * radius}`,
      role: "img",
      "aria-labelledby": `${prefix}-title ${prefix}-description`,
      "font-family": FONT,
      "font-size": frame.size,
      "font-weight": 500,
    },
    [
      element("title", { id: `${prefix}-title` }, [words.title]),
      element("desc", { id: `${prefix}-description` }, [words.description]),
      ...countries(layout, frame, words, prefix),
      ...people.map((person, index) => link(person, spots[index])),
      ego(words.ego, frame),
      ...people.flatMap((person, index) => node(person, spots[index], frame)),
      ...spots.map((spot) => label(spot, frame)),
    ].flat(),
  );
}

export function markup(one) {
  if (typeof one === "string") return escaped(one);
  const attributes = Object.entries(one.attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  return `<${one.name}${attributes.join("")}>${one.children.map(markup).join("")}</${one.name}>`;
}

export function build(one) {
  if (typeof one === "string") return document.createTextNode(one);
  const made = document.createElementNS(SVG, one.name);
  for (const [name, value] of Object.entries(one.attributes)) if (name !== "xmlns") made.setAttribute(name, value);
  made.append(...one.children.map(build));
  return made;
}

function escaped(text) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}

function countries(layout, frame, words, prefix) {
  const outer = layout.rings[2];
  const parts = layout.sectors.map((sector) => {
    const tint = { class: `sector sector-${sector.country.toLowerCase()}`, fill: TINTS[sector.country] };
    if (sector.width === 360) return element("circle", { ...tint, r: outer });
    return element("path", { ...tint, d: `M0 0L${arc(sector.start, sector.width, outer)}Z` });
  });
  for (const ring of [layout.rings[2], layout.rings[1], layout.rings[0]]) {
    parts.push(
      element("circle", {
        class: "ring",
        r: ring,
        fill: PAPER,
        "fill-opacity": ".34",
        stroke: SOFT,
        "stroke-opacity": ".5",
        "stroke-width": "1.5",
      }),
    );
  }
  for (const sector of layout.sectors) parts.push(rim(sector, outer + divide(frame.rim, 2), frame));
  for (const sector of layout.sectors) if (sector.width < 360) parts.push(border(sector, outer + frame.rim));
  for (const sector of layout.sectors) {
    parts.push(...countryName(sector, outer, frame, words, `${prefix}-${sector.country.toLowerCase()}`));
  }
  return parts;
}

function arc(start, width, radius) {
  const begin = polar(start, radius);
  const end = polar(start + width, radius);
  return `${begin.x} ${begin.y}A${radius} ${radius} 0 ${width > 180 ? 1 : 0} 1 ${end.x} ${end.y}`;
}

function rim(sector, radius, frame) {
  const stroke = {
    class: `rim rim-${sector.country.toLowerCase()}`,
    fill: "none",
    stroke: RIMS[sector.country],
    "stroke-width": frame.rim,
  };
  if (sector.width === 360) return element("circle", { ...stroke, r: radius });
  return element("path", { ...stroke, d: `M${arc(sector.start, sector.width, radius)}` });
}

function border(sector, edge) {
  const end = polar(sector.start, edge);
  const d = `M0 0L${end.x} ${end.y}`;
  return element("g", { class: "border", fill: "none" }, [
    element("path", { class: "border-band", d, stroke: PAPER, "stroke-width": 7 }),
    element("path", { class: "border-line", d, stroke: INK, "stroke-width": "2.5", "stroke-dasharray": "14 5 2 5" }),
  ]);
}

function countryName(sector, outer, frame, words, name) {
  const size = frame.numbered ? frame.size : frame.size + 1;
  const rise = divide(frame.rim - divide(size * 7, 10), 2);
  const middle = middleAngle(sector);
  const below = middle > 20 && middle < 160;
  const radius = below ? outer + frame.rim - rise : outer + rise;
  const begin = polar(middle + (below ? 80 : -80), radius);
  const end = polar(middle + (below ? -80 : 80), radius);
  return [
    element("path", {
      id: name,
      d: `M${begin.x} ${begin.y}A${radius} ${radius} 0 0 ${below ? 0 : 1} ${end.x} ${end.y}`,
      fill: "none",
    }),
    element(
      "text",
      {
        class: `country country-${sector.country.toLowerCase()}`,
        fill: NAMES_ON_RIM[sector.country],
        "font-size": size,
        "font-weight": 650,
        "letter-spacing": "1.5",
        "text-anchor": "middle",
      },
      [element("textPath", { href: `#${name}`, startOffset: "50%" }, [words.countries[sector.country]])],
    ),
  ];
}

function link(person, spot) {
  const [width, dashes] = LINES[person.how_often];
  const attributes = {
    class: `link link-${person.how_often}`,
    d: `M0 0L${spot.point.x} ${spot.point.y}`,
    fill: "none",
    stroke: SOFT,
    "stroke-width": width,
    "stroke-linecap": "round",
  };
  return element("path", dashes ? { ...attributes, "stroke-dasharray": dashes } : attributes);
}

function ego(name, frame) {
  const room = 2 * frame.ego - 12;
  const widest = Math.max(...name.split(" ").map((word) => textWidth(word, 1000)));
  const longest = name.split(" ").find((word) => textWidth(word, 1000) === widest);
  let size = frame.size;
  while (size > SMALLEST_NAME && textWidth(longest, size) > room) size -= 1;
  const lines = atMost(3, breakLines(name, size, room, room));
  const style = { class: "ego-name", fill: "#ffffff", "font-size": size, "font-weight": 650 };
  return [
    element("circle", { class: "ego", r: frame.ego, fill: EGO, stroke: PAPER, "stroke-width": 4 }),
    text({ x: 0, y: 0 }, lines, "middle", size + 2, style),
  ];
}

function atMost(count, lines) {
  if (lines.length <= count) return lines;
  return [...lines.slice(0, count - 1), `${lines[count - 1].replace(/-+$/, "")}…`];
}

function node(person, spot, frame) {
  const { x, y } = spot.point;
  const inner = frame.node - 1;
  const outline = {
    class: `node node-${person.helped}`,
    fill: person.helped === "yes" ? NODE : PAPER,
    stroke: NODE,
    "stroke-width": 3,
  };
  const parts = [];
  let half;
  if (person.organisation) {
    const square = { x: x - inner, y: y - inner, width: 2 * inner, height: 2 * inner, rx: 4 };
    parts.push(element("rect", { ...outline, ...square }));
    half = `M${x} ${y - inner}h${4 - inner}a4 4 0 0 0 -4 4v${2 * inner - 8}a4 4 0 0 0 4 4h${inner - 4}Z`;
  } else {
    parts.push(element("circle", { ...outline, cx: x, cy: y, r: inner }));
    half = `M${x} ${y - inner}a${inner} ${inner} 0 0 0 0 ${2 * inner}Z`;
  }
  if (person.helped === "mixed") parts.push(element("path", { class: "node-half", d: half, fill: NODE }));
  if (person.helped === "yes") parts.push(tick(x, y, inner));
  if (person.involved_by_care !== "no") {
    parts.push(...balloon(person.involved_by_care, { x: x + inner, y: y - inner }));
  }
  return parts;
}

function tick(x, y, inner) {
  const start = `M${x - divide(inner * 4, 10)} ${y}`;
  return element("path", {
    class: "node-tick",
    d: `${start}l${divide(inner * 3, 10)} ${divide(inner * 4, 10)}l${divide(inner * 5, 10)} ${divide(-inner * 8, 10)}`,
    fill: "none",
    stroke: PAPER,
    "stroke-width": "2.5",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
}

function balloon(involved, corner) {
  const x = corner.x - 8;
  const y = corner.y - 7;
  const asked = involved === "yes";
  const shape = `M${x + 4} ${y}h9a4 4 0 0 1 4 4v3a4 4 0 0 1 -4 4h-4l-5 4v-4a4 4 0 0 1 -4 -4v-3a4 4 0 0 1 4 -4Z`;
  const dots = `M${x + 5} ${y + 5}h.1m3.400 0h.1m3.400 0h.1`;
  const question = `M${x + 7} ${y + 4}a2 1.600 0 1 1 2 2v.8m0 1.700h.1`;
  return [
    element("path", {
      class: `balloon balloon-${involved}`,
      d: shape,
      fill: asked ? BADGE : PAPER,
      stroke: INK,
      "stroke-width": "1.5",
      "stroke-linejoin": "round",
    }),
    element("path", {
      class: "balloon-sign",
      d: asked ? dots : question,
      fill: "none",
      stroke: INK,
      "stroke-width": asked ? "2" : "1.4",
      "stroke-linecap": "round",
    }),
  ];
}

function label(spot, frame) {
  const { left, top, right, bottom } = spot.label;
  const x = { start: left, middle: divide(left + right, 2), end: right }[spot.anchor];
  const style = {
    class: "label",
    fill: INK,
    stroke: PAPER,
    "stroke-width": 5,
    "stroke-opacity": ".75",
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  };
  if (frame.numbered) style["font-weight"] = 650;
  return text({ x, y: divide(top + bottom, 2) }, spot.lines, spot.anchor, frame.line, style);
}

function text(middle, lines, anchor, height, attributes) {
  const first = middle.y - divide(height * lines.length, 2) + divide(height * 76, 100);
  return element(
    "text",
    { ...attributes, "text-anchor": anchor },
    lines.map((line, number) => element("tspan", { x: middle.x, y: first + height * number }, [line])),
  );
}
