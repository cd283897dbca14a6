// Saves the fields of a form as they change. What is not saved yet is kept on this device, and sent
// again when the connection is back. Pages that use it work without scripts too.

const PAUSE = 700;
const AGAIN = [2000, 5000, 15000, 30000];

// `form` says where to save (data-autosave) and under which name to keep what is not saved yet
// (data-keep); `stateLine` has the words of each state. `markOf(name)` is the hidden field with the
// mark of what was shown, `taken(saved)` is called with what the server answered.
export function startSaving({ form, stateLine, markOf, more = {}, taken = () => {} }) {
  const key = form.dataset.keep;
  const pending = read();
  let sending = null;
  let timer = 0;
  let failures = 0;
  let stopped = false;

  function read() {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  }

  function keep() {
    try {
      if (Object.keys(pending).length) localStorage.setItem(key, JSON.stringify(pending));
      else localStorage.removeItem(key);
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

  function note(name, typed) {
    pending[name] = typed;
    keep();
    plan(PAUSE);
  }

  function drop(name) {
    delete pending[name];
    keep();
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
        body: JSON.stringify({ ...more, facts }),
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
    const saved = await readInTwo(answer, (saved) => settleAll(saved, facts));
    if (!saved) return;
    replacePieces(saved.html);
    taken(saved);
  }

  function settleAll(saved, facts) {
    failures = 0;
    for (const [name, mark] of Object.entries(saved.marks)) settle(name, mark, facts[name], saved);
    keep();
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

  form.addEventListener("submit", () => {
    // The whole form goes along. What is kept is sent once more from the next page: should the form
    // be lost on its way, nothing typed is, and what was saved already changes nothing.
    stopped = true;
    clearTimeout(timer);
  });
  addEventListener("online", () => plan(0));
  addEventListener("pagehide", () => stopped || send());
  return { pending, note, drop, plan };
}

// The first line of an answer says what is saved; what that changed on the page may follow later,
// and is not worth an alarm where the connection is lost in between: the next answer brings it.
async function readInTwo(answer, first) {
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let told = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      text += decoder.decode(value, { stream: !done });
      const end = text.indexOf(",\n");
      if (!told && (end > 0 || done)) {
        first(JSON.parse(end > 0 ? `${text.slice(0, end)}}` : text));
        told = true;
      }
      if (done) return JSON.parse(text);
    }
  } catch (error) {
    if (told) return null;
    throw error;
  }
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

// Who types before a script has come over a slow line is not to type again.
export function isChanged(cell) {
  if (cell.type === "hidden") return false;
  if (cell.type === "radio" || cell.type === "checkbox") return cell.checked !== cell.defaultChecked;
  if (cell.tagName !== "SELECT") return cell.value !== cell.defaultValue;
  const shown = [...cell.options].find((each) => each.defaultSelected) ?? cell.options[0];
  return cell.value !== shown?.value;
}
