// A film on another site, in two clicks: the reader's first click asks for it, and only then is anything loaded.
// Without this script, the link to the film's own page remains.

for (const place of document.querySelectorAll(".embed[data-frame]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = place.dataset.play;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.src = place.dataset.frame;
    frame.title = place.dataset.title;
    frame.allow = "fullscreen; picture-in-picture; encrypted-media";
    frame.allowFullscreen = true;
    // YouTube plays nothing for a page that does not say which site it belongs to; the address stays unsaid.
    frame.referrerPolicy = "strict-origin";
    place.replaceChildren(frame);
    frame.focus();
  });
  place.querySelector(".button-row").prepend(button);
}
