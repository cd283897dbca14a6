// Shows how far the print files of a batch are, every two seconds. Without scripts the page loads
// itself anew.

const EVERY = 2000;

async function look() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const newer = page.getElementById("printing");
  const shown = document.getElementById("printing");
  if (!newer || !shown) return;
  const again = "underWay" in newer.dataset;
  // Whoever is about to press a button there keeps it under their fingers; only bars move on.
  if (again && shown.contains(document.activeElement)) moveBars(shown, newer);
  else shown.replaceWith(newer);
  if (again) setTimeout(look, EVERY);
}

function moveBars(shown, newer) {
  for (const bar of shown.querySelectorAll("progress")) {
    const newBar = newer.querySelector(`#${bar.id}`);
    if (!newBar) continue;
    bar.max = newBar.max;
    bar.value = newBar.value;
    shown.querySelector(`label[for="${bar.id}"]`).textContent =
      newer.querySelector(`label[for="${bar.id}"]`).textContent;
  }
}

setTimeout(look, EVERY);
