// A map as a file: what is written, and what is taken of a file that somebody opens. Labels of choices are not in it,
// so that a map drawn in one language opens in another.

const FORMAT = "drieklank-network";
const VERSION = 1;
const CHOSEN = ["relation", "country", "ring", "how_often", "involved_by_care", "helped"];
// Control characters, and those that turn the direction of what follows.
const NO_TEXT = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** Why a file was not taken: a name of a sentence in `words.says`, and what stands in it. */
export class FileProblem extends Error {
  constructor(name, values = {}) {
    super(name);
    this.values = values;
  }
}

/** What somebody typed as one line, no longer than there is room for. */
export function tidy(text, length) {
  const line = text.replace(NO_TEXT, " ").replace(/\s+/gu, " ").trim();
  return Array.from(line).slice(0, length).join("").trim();
}

export function write({ ego, people }) {
  const entries = people.map((person) =>
    Object.fromEntries(["label", ...CHOSEN].map((field) => [field, person[field]])),
  );
  return `${JSON.stringify({ format: FORMAT, version: VERSION, ego, people: entries }, null, 1)}\n`;
}

/** The map in `text`. Throws a `FileProblem` for anything else. */
export function read(text, words) {
  const data = parsed(text);
  if (!isObject(data) || data.format !== FORMAT || !Array.isArray(data.people)) throw new FileProblem("none_of_ours");
  if (data.version !== VERSION) throw new FileProblem(data.version > VERSION ? "newer" : "none_of_ours");
  if (data.people.length > words.most) throw new FileProblem("too_many", { most: words.most });
  const ego = typeof data.ego === "string" ? tidy(data.ego, words.ego_length) : "";
  return { ego, people: data.people.map((entry, index) => person(entry, index + 1, words)) };
}

/** Whether `person` is an organisation depends on the relation alone. */
export function complete(entry, words) {
  return { ...entry, organisation: words.organisations.includes(entry.relation) };
}

function parsed(text) {
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ""));
  } catch {
    throw new FileProblem("none_of_ours");
  }
}

function person(entry, number, words) {
  const label = isObject(entry) && typeof entry.label === "string" ? tidy(entry.label, words.label_length) : "";
  const known = (field) => Object.hasOwn(words.labels[field], entry[field]);
  const typed = (field) => typeof entry[field] === (field === "ring" ? "number" : "string");
  if (!label || !CHOSEN.every((field) => typed(field) && known(field))) {
    throw new FileProblem("incomplete", { number });
  }
  return complete(Object.fromEntries([["label", label], ...CHOSEN.map((field) => [field, entry[field]])]), words);
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
