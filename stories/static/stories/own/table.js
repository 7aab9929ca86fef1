// The table of everybody on the map, with a button to change and one to take off. Its rows are copies of a template.

export function showTable(table, people, words) {
  const rows = people.map((person, index) => row(table.querySelector("template"), person, index, words));
  table.querySelector("tbody").replaceChildren(...rows);
}

function row(template, person, index, words) {
  const made = template.content.firstElementChild.cloneNode(true);
  made.querySelector("th").textContent = person.label;
  for (const cell of made.querySelectorAll("[data-field]")) {
    cell.textContent = words.labels[cell.dataset.field][person[cell.dataset.field]];
  }
  for (const button of made.querySelectorAll("button")) {
    button.dataset.index = index;
    button.setAttribute("aria-label", `${button.textContent}: ${person.label}`);
  }
  return made;
}
