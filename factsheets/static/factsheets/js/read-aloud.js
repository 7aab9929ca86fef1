/* Reads a sheet aloud with the browser's own voice, and marks what is being read. Nothing leaves the computer by our
   doing; the control appears only where a voice of the page's language is there. */
(() => {
  const control = document.querySelector("[data-read-aloud]");
  const text = document.querySelector("[data-readable]");
  const speech = window.speechSynthesis;
  if (!control || !text || !speech || !window.SpeechSynthesisUtterance) {
    return;
  }
  const language = document.documentElement.lang || "nl";
  const [play, stop] = control.querySelectorAll("button");
  const READABLE = "h1, h2, h3, h4, h5, p, li, dt, dd, figcaption, blockquote";
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let queue = [];
  let current = null;
  let state = "silent";
  let run = 0;

  const voice = () => {
    const voices = speech.getVoices().filter((each) => each.lang.toLowerCase().replace("_", "-").startsWith(language));
    return voices.find((each) => each.localService) || voices[0] || null;
  };

  /* The smallest blocks of text, in the order of the page; a sentence at a time, so that it can be followed. */
  const parts = () => {
    const found = [];
    for (const block of text.querySelectorAll(READABLE)) {
      if (block.closest(".no-read, .kicker, nav, form, [aria-hidden='true']") || block.querySelector(READABLE)) {
        continue;
      }
      const words = block.innerText.replace(/\s+/g, " ").trim();
      if (words) {
        found.push(...sentences(words).map((sentence) => ({ block, sentence })));
      }
    }
    return found;
  };

  const sentences = (words) => {
    if (!window.Intl || !Intl.Segmenter) {
      return [words];
    }
    const segments = new Intl.Segmenter(language, { granularity: "sentence" }).segment(words);
    return Array.from(segments, (each) => each.segment.trim()).filter(Boolean);
  };

  const mark = (block) => {
    if (current) {
      current.classList.remove("is-being-read");
    }
    current = block;
    if (!block) {
      return;
    }
    block.classList.add("is-being-read");
    const place = block.getBoundingClientRect();
    if (place.top < 80 || place.bottom > window.innerHeight) {
      block.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    }
  };

  const show = (next) => {
    state = next;
    play.textContent = { silent: play.dataset.listen, reading: play.dataset.pause, paused: play.dataset.goOn }[next];
    stop.hidden = next === "silent";
  };

  const readNext = (thisRun) => {
    if (thisRun !== run) {
      return;
    }
    const part = queue.shift();
    if (!part) {
      end();
      return;
    }
    const utterance = new SpeechSynthesisUtterance(part.sentence);
    utterance.lang = language;
    utterance.voice = voice();
    utterance.onstart = () => thisRun === run && mark(part.block);
    utterance.onend = () => readNext(thisRun);
    utterance.onerror = () => thisRun === run && end();
    speech.speak(utterance);
  };

  const end = () => {
    run += 1;
    queue = [];
    speech.cancel();
    mark(null);
    show("silent");
  };

  play.addEventListener("click", () => {
    if (state === "reading") {
      speech.pause();
      show("paused");
    } else if (state === "paused") {
      speech.resume();
      show("reading");
    } else {
      end();
      queue = parts();
      show("reading");
      readNext(run);
    }
  });
  stop.addEventListener("click", () => {
    end();
    play.focus();
  });
  window.addEventListener("pagehide", end);

  const offer = () => {
    control.hidden = !voice();
  };
  speech.addEventListener?.("voiceschanged", offer);
  show("silent");
  offer();
})();
