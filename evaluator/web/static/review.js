// A reviewer who has typed something is asked before leaving the page with it unsaved.
const decision = document.querySelector("form.decision");

if (decision) {
  let changed = false;
  decision.addEventListener("input", () => { changed = true; });
  document.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}
