// A group of the main menu closes when its reader turns elsewhere; without this script it stays open.
const groups = [...document.querySelectorAll(".menu details")];

const openGroup = () => groups.find((each) => each.open);

document.addEventListener("click", (event) => {
  const group = openGroup();
  if (group && !group.contains(event.target)) group.open = false;
});

document.addEventListener("focusin", (event) => {
  const group = openGroup();
  if (group && !group.contains(event.target)) group.open = false;
});

document.addEventListener("keydown", (event) => {
  const group = openGroup();
  if (event.key !== "Escape" || !group) return;
  group.open = false;
  group.querySelector("summary").focus();
});
