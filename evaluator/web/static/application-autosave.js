// Saves the fields of an application as they change; see saving.js. The page works without scripts.

import { isChanged, startSaving } from "./saving.js";

const form = document.querySelector("#draft");
const markOf = (name) => form.elements.namedItem(`w-${name}`);
const saving = startSaving({
  form,
  stateLine: document.querySelector("#save-state"),
  markOf,
  more: { part: form.elements.namedItem("part").value },
});
const pending = saving.pending;

const factOf = (name) => form.querySelector(`[data-fact="${CSS.escape(name)}"]`);

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

function note(box) {
  saving.note(box.dataset.fact, typed(box));
}

function choose(box, button) {
  const name = box.dataset.fact;
  if (button.value === "theirs") {
    saving.drop(name);
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
  if (Object.keys(pending).length) saving.plan(0);
}

// Who types before this script has come over a slow line is not to type again.
function noteEarlier() {
  for (const box of form.querySelectorAll("[data-fact]"))
    if (!(box.dataset.fact in pending) && cellsOf(box).some(isChanged)) note(box);
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
noteEarlier();
restore();
