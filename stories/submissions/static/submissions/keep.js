// Keeps what is being typed on the server, every ten seconds at most. Without it, each step keeps what it has.
(() => {
  const form = document.querySelector("form[data-keep]");
  const state = form && form.querySelector("[data-keep-state]");
  if (!form || form.querySelector("input[type=file]")) return;
  const PAUSE = 10000; // milliseconds
  let timer = 0;
  let again = false;
  let busy = false;
  let sending = null;

  const say = (text) => {
    if (state.textContent !== text) state.textContent = text;
  };

  async function keep() {
    timer = 0;
    if (busy) return later();
    busy = true;
    again = false;
    try {
      const answer = await fetch(form.action || location.href, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        credentials: "omit",
      });
      if (answer.ok) {
        form.elements.word.value = (await answer.json()).word;
        if (!again) say(form.dataset.kept);
      }
    } catch {
      say(form.dataset.offline);
      later();
    } finally {
      busy = false;
      if (sending) form.requestSubmit(sending);
    }
  }

  function later() {
    if (!timer) timer = window.setTimeout(keep, PAUSE);
  }

  form.addEventListener("input", () => {
    again = true;
    if (state.textContent === form.dataset.kept) say("");
    later();
  });
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    if (!busy) return;
    event.preventDefault(); // the answer under way brings the word that this form has to carry
    sending = event.submitter;
  });
  window.addEventListener("online", () => again && keep());
})();
