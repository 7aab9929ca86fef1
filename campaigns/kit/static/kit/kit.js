/* Copying and sharing with one touch, where the browser can. Without this file everything is there as text and links. */
(() => {
  const status = document.querySelector("[data-kit-status]");
  const textOf = (id) => document.getElementById(id).innerText.trim();
  const tell = (button) => {
    const before = button.firstChild.textContent;
    button.firstChild.textContent = button.dataset.kitDone;
    status.textContent = button.dataset.kitDone;
    setTimeout(() => {
      button.firstChild.textContent = before;
      status.textContent = "";
    }, 4000);
  };

  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("[data-kit-copy]")) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(textOf(button.dataset.kitCopy));
          tell(button);
        } catch {
          getSelection().selectAllChildren(document.getElementById(button.dataset.kitCopy));
        }
      });
    }
  }
  if (navigator.share) {
    for (const button of document.querySelectorAll("[data-kit-share]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        navigator.share({ text: textOf(button.dataset.kitShare) }).catch(() => {});
      });
    }
  }
  for (const button of document.querySelectorAll("[data-kit-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
