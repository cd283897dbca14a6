// Saves a score sheet as it is typed, see saving.js; a second score follows the first one until it is
// given itself. The page works without scripts.

import { isChanged, startSaving } from "./saving.js";

const form = document.querySelector("#sheet");
const fieldOf = (name) => form.elements.namedItem(name);
const markOf = (name) => fieldOf(`w-${name}`);
const boxOf = (name) => form.querySelector(`[data-fact="${CSS.escape(name)}"]`);
const saving = startSaving({
  form,
  stateLine: document.querySelector("#save-state"),
  markOf,
  taken,
});
const AFTER = "after-";
const BEFORE = "before-";

function note(name) {
  saving.note(name, { value: fieldOf(name).value, was: markOf(name).value });
}

function follow(name) {
  if (name.startsWith(AFTER)) {
    const first = fieldOf(BEFORE + name.slice(AFTER.length)).value;
    boxOf(name).toggleAttribute("data-follows", ["", first].includes(fieldOf(name).value));
  }
  if (!name.startsWith(BEFORE)) return;
  const second = AFTER + name.slice(BEFORE.length);
  if (boxOf(second)?.hasAttribute("data-follows")) fieldOf(second).value = fieldOf(name).value;
}

// What another device wrote, and what was refused, stands in the fields that nobody types in here.
function taken(saved) {
  for (const [name, each] of Object.entries(saved.fields)) {
    const field = fieldOf(name);
    if (!field || name in saving.pending || field === document.activeElement) continue;
    field.value = each.value;
    markOf(name).value = each.mark;
    boxOf(name).toggleAttribute("data-follows", each.follows);
  }
}

function choose(button) {
  const name = button.name.slice("c-".length);
  if (button.value === "theirs") {
    saving.drop(name);
    location.reload();
    return;
  }
  markOf(name).value = button.value.slice("mine:".length);
  document.getElementById(`conflict-${name}`).replaceChildren();
  fieldOf(name).focus();
  note(name);
}

// What an earlier visit could not save stands in its fields again, and is sent with the rest.
function restore() {
  for (const [name, each] of Object.entries(saving.pending)) {
    delete each.waits;
    if (!boxOf(name)) continue;
    markOf(name).value = each.was;
    fieldOf(name).value = each.value;
    follow(name);
  }
  if (Object.keys(saving.pending).length) saving.plan(0);
}

form.addEventListener("input", (event) => {
  const name = event.target.closest("[data-fact]")?.dataset.fact;
  if (!name) return;
  note(name);
  follow(name);
});
form.addEventListener("click", (event) => {
  const button = event.target.closest('button[name^="c-"]');
  if (!button) return;
  event.preventDefault();
  choose(button);
});
for (const box of form.querySelectorAll("[data-fact]")) {
  const name = box.dataset.fact;
  if (!(name in saving.pending) && isChanged(fieldOf(name))) note(name);
}
restore();
