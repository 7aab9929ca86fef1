// The page "Draw my own network". Everything here lives in this window: nothing is sent and nothing is kept. The
// policy of the page forbids the browser to send anything, and tests watch that it does not.

import { build, draw } from "../network/drawing.js";
import { NARROW, WIDE } from "../network/layout.js";
import { complete, FileProblem, read, tidy, write } from "./file.js";
import { looksLikeFullName } from "./names.js";
import { showTable } from "./table.js";
import { fill, mapWords } from "./words.js";

const words = JSON.parse(document.getElementById("own-words").textContent);
const page = document.querySelector("[data-own-network]");
const find = (name) => page.querySelector(`[data-own="${name}"]`);
const [form, table, status, undo, file] = ["form", "table", "status", "undo", "file"].map(find);
const field = (name) => form.elements[`own-${name}`];

let map = { ego: "", people: [] };
let before = null; // the map as it was, for "undo"
let changing = null; // the index of whoever is being changed
let unsaved = false;

function show() {
  const texts = mapWords(map.people, map.ego, words);
  for (const [name, frame] of [["wide", WIDE], ["narrow", NARROW]]) {
    find(name).replaceChildren(build(draw(map.people, frame, texts, `own-${name}`)));
  }
  const labels = map.people.map((person) => {
    const item = document.createElement("li");
    item.textContent = person.label;
    return item;
  });
  find("key").replaceChildren(...labels);
  showTable(table, map.people, words);
  find("title").textContent = texts.title;
  find("people").hidden = !map.people.length;
  find("clear").disabled = !map.people.length && !map.ego;
}

function say(name, values = {}, failed = false) {
  status.textContent = fill(words.says[name], values);
  find("answer").className = `own__answer notice ${failed ? "notice--error" : "notice--river"}`;
  undo.hidden = !before;
}

/** The map becomes `next`. Only what takes something away can be undone. */
function become(next, undoable) {
  before = undoable ? map : null;
  map = next;
  unsaved = true;
  show();
}

function mistake(name, sentence) {
  const element = field(name);
  const hint = document.getElementById(`own-${name}-error`);
  hint.textContent = sentence;
  hint.hidden = !sentence;
  element.toggleAttribute("aria-invalid", Boolean(sentence));
  if (sentence) element.setAttribute("aria-invalid", "true");
  return Boolean(sentence);
}

function edit(index) {
  changing = index;
  const person = map.people[index];
  for (const [name, value] of Object.entries(person ?? { label: "", relation: "" })) {
    if (field(name)) field(name).value = value;
  }
  mistake("label", "");
  mistake("relation", "");
  hintAtName();
  find("heading").textContent = person ? fill(words.says.change_heading, { who: person.label }) : words.says.add_heading;
  find("submit").textContent = person ? words.says.change : words.says.add;
  find("cancel").hidden = !person;
}

function hintAtName() {
  find("name-hint").textContent = looksLikeFullName(field("label").value, words.names) ? words.says.full_name : "";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const label = tidy(field("label").value, words.label_length);
  const relation = field("relation").value;
  const missing = [
    mistake("label", label ? "" : words.says.who_missing) && "label",
    mistake("relation", relation ? "" : words.says.relation_missing) && "relation",
  ].find(Boolean);
  if (missing) return field(missing).focus();
  if (changing === null && map.people.length >= words.most) return say("full", { most: words.most }, true);
  const chosen = ["country", "how_often", "involved_by_care", "helped"].map((name) => [name, field(name).value]);
  const person = complete(
    { label, relation, ...Object.fromEntries(chosen), ring: Number(field("ring").value) },
    words,
  );
  const index = changing;
  const people = index === null ? [...map.people, person] : map.people.map((one, number) => (number === index ? person : one));
  become({ ...map, people }, false);
  edit(null);
  say(index === null ? "added" : "changed", { who: label });
  if (index === null) field("label").focus();
  else focusRow(index, "change");
});

function focusRow(index, act) {
  const row = table.querySelectorAll("tbody tr")[Math.min(index, map.people.length - 1)];
  if (row) row.querySelector(`[data-act="${act}"]`).focus();
  else field("label").focus();
}

table.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const index = Number(button.dataset.index);
  if (button.dataset.act === "change") {
    edit(index);
    field("label").focus();
    return;
  }
  const { label } = map.people[index];
  become({ ...map, people: map.people.filter((_, number) => number !== index) }, true);
  edit(null);
  say("removed", { who: label });
  focusRow(index, "remove");
});

find("cancel").addEventListener("click", () => {
  const index = changing;
  edit(null);
  focusRow(index, "change");
});

field("label").addEventListener("change", hintAtName);
field("ego").addEventListener("input", () => {
  map = { ...map, ego: tidy(field("ego").value, words.ego_length) };
  unsaved = true;
  show();
});

find("clear").addEventListener("click", () => {
  become({ ego: "", people: [] }, true);
  field("ego").value = "";
  edit(null);
  say("cleared");
  undo.focus();
});

undo.addEventListener("click", () => {
  become(before, false);
  field("ego").value = map.ego;
  edit(null);
  say("undone");
  field("label").focus();
});

find("print").addEventListener("click", () => window.print());

find("save").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([write(map)], { type: "application/json" }));
  link.download = `${words.file_name}.json`;
  link.click();
  // The browser reads the file a little later, and says to nobody when it has.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  unsaved = false;
  before = null;
  say("saved");
});

find("open").addEventListener("click", () => file.click());
file.addEventListener("change", async () => {
  const [chosen] = file.files;
  if (!chosen) return;
  try {
    if (chosen.size > words.largest_file) throw new FileProblem("too_large");
    const opened = read(await textOf(chosen), words);
    become(opened, Boolean(map.people.length));
    unsaved = false;
    field("ego").value = map.ego;
    edit(null);
    say(map.people.length === 1 ? "opened_one" : "opened_many", { count: map.people.length });
  } catch (problem) {
    if (!(problem instanceof FileProblem)) throw problem;
    say(problem.message, problem.values, true);
  }
  file.value = ""; // the same file may be opened once more
});

async function textOf(chosen) {
  try {
    return await chosen.text();
  } catch {
    throw new FileProblem("unreadable"); // moved or deleted since it was chosen
  }
}

// A drawing is kept nowhere: whoever leaves with unsaved work is asked first.
window.addEventListener("beforeunload", (event) => {
  if (unsaved && map.people.length) event.preventDefault();
});

form.reset(); // browsers like to bring back what was typed before
edit(null);
show();
document.querySelector("[data-own-without]").remove();
page.hidden = false;
