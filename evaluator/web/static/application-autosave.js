// Saves the fields of an application as they change. What is not saved yet is kept on this device,
// and sent again when the connection is back. The page works without this script.

const form = document.querySelector("#draft");
const stateLine = document.querySelector("#save-state");
const KEY = form.dataset.keep;
const PAUSE = 700;
const AGAIN = [2000, 5000, 15000, 30000];
let pending = read();
let sending = null;
let timer = 0;
let failures = 0;
let stopped = false;

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function keep() {
  try {
    if (Object.keys(pending).length) localStorage.setItem(KEY, JSON.stringify(pending));
    else localStorage.removeItem(KEY);
  } catch {
    // A device that keeps nothing loses only what is typed while there is no connection.
  }
}

function show(state) {
  const words = stateLine.dataset[state.replace(/-(.)/g, (_, letter) => letter.toUpperCase())] ?? "";
  const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  stateLine.dataset.state = state;
  stateLine.textContent = state === "saved" ? `${words} ${time}` : words;
}

const factOf = (name) => form.querySelector(`[data-fact="${CSS.escape(name)}"]`);
const markOf = (name) => form.elements.namedItem(`w-${name}`);

function valueOf(box) {
  const name = box.dataset.fact;
  if (!box.querySelector("[data-events]")) {
    const field = form.elements.namedItem(`f-${name}`);
    return field instanceof RadioNodeList ? field.value : field?.value ?? "";
  }
  const rows = rowsOf(box).filter((row) => Object.values(row).some((each) => each.trim()));
  if (rows.length) return rows;
  return form.elements.namedItem(`f-${name}-none`).checked ? [] : null;
}

function rowsOf(box) {
  return [...box.querySelectorAll("[data-row]")].map((row) =>
    Object.fromEntries(cellsOf(row).map((cell) => [columnOf(cell), cell.value])));
}

const cellsOf = (row) => [...row.querySelectorAll("input[name], select[name], textarea[name]")];
const columnOf = (cell) => cell.name.split("-").slice(3).join("-");

function typed(box) {
  const name = box.dataset.fact;
  const reason = form.elements.namedItem(`r-${name}`)?.value ?? "";
  return { value: valueOf(box), reason, was: markOf(name).value };
}

function note(box, changes = {}) {
  pending[box.dataset.fact] = { ...typed(box), ...changes };
  keep();
  plan(PAUSE);
}

function plan(milliseconds) {
  clearTimeout(timer);
  if (!stopped) timer = setTimeout(send, milliseconds);
}

async function send() {
  const facts = Object.fromEntries(
    Object.entries(pending).filter(([, each]) => !each.waits));
  if (sending || !Object.keys(facts).length) return;
  sending = facts;
  show("saving");
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      keepalive: true,
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": form.elements.namedItem("csrf_token").value,
      },
      body: JSON.stringify({ part: form.elements.namedItem("part").value, facts }),
    });
    await take(answer, facts);
  } catch {
    failed("failed");
  } finally {
    sending = null;
  }
  if (Object.values(pending).some((each) => !each.waits) && !failures) plan(PAUSE);
}

async function take(answer, facts) {
  if (answer.redirected) return failed("signed-out");
  if (answer.status >= 500 || answer.status === 429) return failed("failed");
  if (!answer.ok) {
    stopped = true;
    return show("refused");
  }
  const saved = await answer.json();
  failures = 0;
  for (const [name, mark] of Object.entries(saved.marks)) settle(name, mark, facts[name], saved);
  keep();
  replacePieces(saved.html);
  show(Object.values(pending).some((each) => each.waits) ? "conflict" : "saved");
}

function settle(name, mark, sent, saved) {
  const differs = saved.conflicts.includes(name);
  const unchanged = JSON.stringify(pending[name]) === JSON.stringify(sent);
  if (differs) {
    pending[name].waits = true;
    return;
  }
  if (markOf(name)) markOf(name).value = mark;
  if (unchanged) delete pending[name];
  else if (pending[name]) pending[name].was = mark;
}

function failed(state) {
  show(state);
  plan(AGAIN[Math.min(failures, AGAIN.length - 1)]);
  failures += 1;
}

function replacePieces(html) {
  const pieces = new DOMParser().parseFromString(html, "text/html");
  for (const piece of pieces.querySelectorAll("[data-for]")) {
    const place = document.getElementById(piece.dataset.for);
    if (!place || place.innerHTML === piece.innerHTML) continue;
    place.replaceChildren(...piece.cloneNode(true).childNodes);
    if (place.classList.contains("message")) place.classList.toggle("wrong", "wrong" in piece.dataset);
  }
}

function choose(box, button) {
  const name = box.dataset.fact;
  if (button.value === "theirs") {
    delete pending[name];
    keep();
    location.reload();
    return;
  }
  markOf(name).value = button.value.slice("mine:".length);
  document.getElementById(`conflict-${name}`).replaceChildren();
  cellsOf(box).find((each) => each.type !== "hidden")?.focus();
  note(box);
}

function addRow(table) {
  const body = table.tBodies[0];
  const row = body.rows[body.rows.length - 1].cloneNode(true);
  const number = Number(cellsOf(row)[0].name.split("-")[2]) + 1;
  for (const cell of cellsOf(row)) {
    const parts = cell.name.split("-");
    cell.name = cell.id = [...parts.slice(0, 2), number, ...parts.slice(3)].join("-");
    cell.value = "";
    cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/\d+(?=\D*$)/, number + 1));
  }
  const button = row.querySelector('[name="remove"]');
  button.value = button.value.replace(/\d+$/, number);
  body.append(row);
  return row;
}

// A part of a spreadsheet is pasted from the cell on, over as many rows as it has.
function paste(event, cell) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!/[\t\n]./.test(text)) return;
  event.preventDefault();
  let row = cell.closest("[data-row]");
  const first = cellsOf(row).indexOf(cell);
  for (const line of text.replace(/\r/g, "").replace(/\n$/, "").split("\n")) {
    row ??= addRow(cell.closest("table"));
    const cells = cellsOf(row);
    line.split("\t").forEach((value, place) => fill(cells[first + place], value.trim()));
    row = row.nextElementSibling;
  }
  note(cell.closest("[data-fact]"));
}

function fill(cell, value) {
  if (!cell) return;
  if (cell.type === "date" && value && !/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const day = value.match(/^(\d{4})[./年](\d{1,2})[./月](\d{1,2})日?$/);
    if (day) value = `${day[1]}-${day[2].padStart(2, "0")}-${day[3].padStart(2, "0")}`;
    else cell.type = "text";
  }
  if (cell.tagName === "SELECT") {
    const option = [...cell.options].find((each) => each.value === value || each.text === value);
    if (option) option.selected = true;
    else cell.add(new Option(value, value, true, true));
  } else cell.value = value;
}

// What an earlier visit could not save stands in its fields again, and is sent with the rest.
function restore() {
  for (const [name, each] of Object.entries(pending)) {
    delete each.waits;
    const box = factOf(name);
    if (!box) continue;
    markOf(name).value = each.was;
    const reason = form.elements.namedItem(`r-${name}`);
    if (reason) reason.value = each.reason;
    putValue(box, name, each.value);
    box.querySelector("details")?.setAttribute("open", "");
  }
  if (Object.keys(pending).length) plan(0);
}

// Who types before this script has come over a slow line is not to type again.
function noteEarlier() {
  for (const box of form.querySelectorAll("[data-fact]"))
    if (!(box.dataset.fact in pending) && cellsOf(box).some(isChanged)) note(box);
}

function isChanged(cell) {
  if (cell.type === "hidden") return false;
  if (cell.type === "radio" || cell.type === "checkbox") return cell.checked !== cell.defaultChecked;
  if (cell.tagName !== "SELECT") return cell.value !== cell.defaultValue;
  const shown = [...cell.options].find((each) => each.defaultSelected) ?? cell.options[0];
  return cell.value !== shown?.value;
}

function putValue(box, name, value) {
  if (!box.querySelector("[data-events]")) {
    const field = form.elements.namedItem(`f-${name}`);
    if (field instanceof RadioNodeList) field.value = value;
    else fill(field, value ?? "");
    return;
  }
  const table = box.querySelector("table");
  (value ?? []).forEach((row, number) => {
    const target = table.querySelectorAll("[data-row]")[number] ?? addRow(table);
    for (const cell of cellsOf(target)) fill(cell, row[columnOf(cell)] ?? "");
  });
  for (const row of [...table.querySelectorAll("[data-row]")].slice((value ?? []).length))
    for (const cell of cellsOf(row)) fill(cell, "");
  form.elements.namedItem(`f-${name}-none`).checked = value?.length === 0;
}

function act(button) {
  const box = button.closest("[data-fact]");
  if (!box) return false;
  if (button.name.startsWith("c-")) choose(box, button);
  else if (button.name === "add") cellsOf(addRow(box.querySelector("table")))[0].focus();
  else if (button.name === "remove") {
    for (const cell of cellsOf(button.closest("[data-row]"))) fill(cell, "");
    const rows = box.querySelectorAll("[data-row]");
    if (rows.length > 1) button.closest("[data-row]").remove();
    box.querySelector('[name="add"]').focus();
    note(box);
  } else return false;
  return true;
}

for (const kind of ["input", "change"])
  form.addEventListener(kind, (event) => {
    const box = event.target.closest("[data-fact]");
    if (box) note(box);
  });
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name]");
  if (button && act(button)) event.preventDefault();
});
form.addEventListener("paste", (event) => {
  const cell = event.target.closest("[data-row] [name]");
  if (cell) paste(event, cell);
});
form.addEventListener("submit", () => {
  // The whole form goes along. What is kept is sent once more from the next page: should the form
  // be lost on its way, nothing typed is, and what was saved already changes nothing.
  stopped = true;
  clearTimeout(timer);
});
addEventListener("online", () => plan(0));
addEventListener("pagehide", () => stopped || send());
noteEarlier();
restore();
