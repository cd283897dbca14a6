// Shows how far the print files of a batch are, every two seconds. Without scripts the page loads
// itself anew.

const EVERY = 2000;

async function look() {
  const shown = document.getElementById("printing");
  const held = shown.contains(document.activeElement);
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const newer = page.getElementById("printing");
  if (!newer) return;
  const again = "underWay" in newer.dataset;
  const bar = shown.querySelector("progress");
  const newBar = newer.querySelector("progress");
  // Only words and bar change while it goes on: whoever is about to press the button can do so.
  if (again && held && bar && newBar) {
    bar.max = newBar.max;
    bar.value = newBar.value;
    shown.querySelector("label").textContent = newer.querySelector("label").textContent;
  } else {
    shown.replaceWith(newer);
  }
  if (again) setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
