// Asks the server how long the post is on each account, a moment after somebody stops typing.
"use strict";
(() => {
  const PAUSE = 350; // milliseconds without a key

  const value = (form, name) => form.elements[name]?.value ?? "";

  // The parts of a thread, in the order they stand in; Wagtail keeps those that were taken away as "deleted".
  function parts(form, name) {
    const total = Number(value(form, `${name}-count`)) || 0;
    const rows = [];
    for (let number = 0; number < total; number += 1) {
      if (value(form, `${name}-${number}-deleted`)) continue;
      const text = value(form, `${name}-${number}-value`);
      if (text.trim()) rows.push({ text, order: Number(value(form, `${name}-${number}-order`)) });
    }
    return rows.sort((one, other) => one.order - other.order).map((row) => row.text);
  }

  function typed(form, language) {
    const targets = [];
    const total = Number(value(form, "targets-TOTAL_FORMS")) || 0;
    for (let number = 0; number < total; number += 1) {
      const gone = form.elements[`targets-${number}-DELETE`];
      const isGone = gone && (gone.type === "checkbox" ? gone.checked : gone.value === "1" || gone.value === "on");
      const account = value(form, `targets-${number}-account`);
      if (account && !isGone) {
        const ticked = (name) => Boolean(form.elements[`targets-${number}-${name}`]?.checked);
        targets.push({
          account,
          text: value(form, `targets-${number}-text`),
          image: value(form, `targets-${number}-image`),
          image_alt: value(form, `targets-${number}-image_alt`),
          without_link: ticked("without_link"),
          followups: parts(form, `targets-${number}-followups`),
          without_followups: ticked("without_followups"),
        });
      }
    }
    const fields = ["campaign", "text", "page", "link", "image", "image_alt"];
    return { language, targets, followups: parts(form, "followups"), ...Object.fromEntries(fields.map((name) => [name, value(form, name)])) };
  }

  // A row for the post on each account, and one for each part that follows it there.
  function rowsOf(lengths) {
    return lengths.flatMap((length) => [
      { ...length, part: 1 },
      ...length.parts.map((part, place) => ({ ...part, name: length.name, problems: [], part: place + 2 })),
    ]);
  }

  function show(panel, counted) {
    const lengths = rowsOf(counted);
    const list = panel.querySelector("[data-lengths]");
    const template = panel.querySelector("[data-length-row]");
    panel.querySelector("[data-lengths-empty]").hidden = lengths.length > 0;
    while (list.children.length > lengths.length) list.lastElementChild.remove();
    lengths.forEach((length, number) => {
      if (!list.children[number]) list.append(template.content.cloneNode(true));
      const row = list.children[number];
      const write = (selector, text) => {
        const place = row.querySelector(selector);
        if (place.textContent !== String(text)) place.textContent = text;
      };
      write("[data-name]", length.name);
      write("[data-number]", length.part);
      row.querySelector("[data-part]").hidden = length.part === 1;
      write("[data-used]", length.used);
      write("[data-limit]", length.limit);
      write(".c-length__problem", length.problems.join(" "));
      row.querySelector(".c-length__problem").hidden = length.problems.length === 0;
      row.querySelector("progress").value = Math.min(100, Math.round((100 * length.used) / length.limit));
      row.classList.toggle("c-length--over", length.used > length.limit);
    });
  }

  function watch(panel) {
    const form = panel.closest("form");
    let timer = 0;
    let asked = 0;
    let last = "";

    async function ask() {
      const body = JSON.stringify(typed(form, panel.dataset.language));
      if (body === last) return;
      last = body;
      const turn = (asked += 1);
      const headers = { "Content-Type": "application/json", "X-CSRFToken": value(form, "csrfmiddlewaretoken") };
      try {
        const answer = await fetch(panel.dataset.countUrl, { method: "POST", headers, body, credentials: "same-origin" });
        if (answer.ok && turn === asked) show(panel, (await answer.json()).lengths);
      } catch {
        last = ""; // no network: the next key asks again
      }
    }

    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    form.addEventListener("click", soon); // accounts are added and taken away by buttons, images by choosers
    soon();
  }

  const start = () => document.querySelectorAll("[data-count-url]").forEach(watch);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
