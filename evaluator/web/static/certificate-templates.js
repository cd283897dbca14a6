// Draws a template anew while its text is typed, numbers its lines, and leads from a problem to its
// place. Without scripts the Preview button does the same, with the numbered text below the editor.

const PAUSE = 350;
const form = document.getElementById("template-form");
const editor = form.querySelector("textarea[name=text]");
const unsaved = document.getElementById("template-unsaved");
const saved = unsaved.hidden ? editor.value : null;
let waiting = 0;
let asked = null;

// Line numbers beside the text; those of lines with a problem are marked.
const numbers = document.createElement("pre");
numbers.className = "template-numbers";
numbers.setAttribute("aria-hidden", "true");
const lines = document.createElement("div");
lines.className = "template-lines";
editor.replaceWith(lines);
lines.append(numbers, editor);
document.getElementById("without-script").remove();

function number() {
  const flawed = new Set(
    [...document.querySelectorAll("#findings a.place")].map((place) => Number(place.dataset.line)),
  );
  const count = editor.value.split("\n").length;
  const parts = [];
  for (let line = 1; line <= count; line += 1) {
    const mark = document.createElement(flawed.has(line) ? "b" : "span");
    mark.textContent = flawed.has(line) ? `✗${line}` : String(line);
    parts.push(mark, "\n");
  }
  numbers.replaceChildren(...parts);
  follow();
}

function follow() {
  numbers.style.height = `${editor.offsetHeight}px`;
  numbers.scrollTop = editor.scrollTop;
}

function goTo(place) {
  const before = editor.value.split("\n").slice(0, Number(place.dataset.line) - 1);
  const start = before.reduce((length, line) => length + line.length + 1, 0);
  const end = editor.value.indexOf("\n", start);
  editor.focus();
  const from = start + Number(place.dataset.column) - 1;
  editor.setSelectionRange(from, end < 0 ? editor.value.length : end);
  const height = parseFloat(getComputedStyle(editor).lineHeight);
  editor.scrollTop = Math.max(0, (before.length - 5) * height);
}

function exchange(page, id) {
  const newer = page.getElementById(id);
  if (newer) document.getElementById(id).replaceWith(newer);
}

async function draw() {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  try {
    const sent = { method: "POST", body: new FormData(form), credentials: "same-origin", signal };
    const answer = await fetch(form.dataset.preview, sent);
    if (answer.redirected || !(answer.headers.get("content-type") || "").includes("html")) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("findings")) return;
    exchange(page, "findings");
    // What cannot be drawn just now leaves the last picture there, paler.
    const shown = document.getElementById("preview");
    if (page.querySelector("#preview figure") || !shown.querySelector("img")) exchange(page, "preview");
    else shown.classList.add("stale");
    number();
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

function soon() {
  unsaved.hidden = editor.value === saved;
  number();
  clearTimeout(waiting);
  waiting = setTimeout(draw, PAUSE);
}

editor.addEventListener("input", soon);
editor.addEventListener("scroll", follow);
new ResizeObserver(follow).observe(editor);
for (const choice of form.querySelectorAll("select")) choice.addEventListener("change", draw);
document.addEventListener("click", (event) => {
  const place = event.target.closest("#findings a.place");
  if (!place) return;
  event.preventDefault();
  goTo(place);
});
let leaving = false;
form.addEventListener("submit", () => { leaving = true; });
addEventListener("beforeunload", (event) => {
  if (!leaving && !unsaved.hidden) event.preventDefault();
});
number();
