// A button that prints the page. Without this script there is none, and the browser's own menu does it.

const row = document.querySelector("[data-print]");
row.querySelector("button").addEventListener("click", () => window.print());
row.hidden = false;
