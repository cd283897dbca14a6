// A problem's place leads to its line in the editor, where the editor shows that file.
const editor = document.querySelector("textarea[name=text]");
const shown = document.querySelector("form input[name=file]");

function startOf(line) {
  const lines = editor.value.split("\n");
  return lines.slice(0, line - 1).reduce((length, each) => length + each.length + 1, 0);
}

function select(line) {
  const start = startOf(line);
  const end = editor.value.indexOf("\n", start);
  editor.focus();
  editor.setSelectionRange(start, end < 0 ? editor.value.length : end);
  const height = parseFloat(getComputedStyle(editor).lineHeight);
  editor.scrollTop = Math.max(0, (line - 5) * height);
}

if (editor && shown) {
  for (const place of document.querySelectorAll("a.place")) {
    if (place.dataset.file === shown.value) {
      place.addEventListener("click", (event) => {
        event.preventDefault();
        select(Number(place.dataset.line));
      });
    }
  }
}
