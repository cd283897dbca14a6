// Uploads evidence in chunks: with progress, pause, and going on after a break or a reload.
// Without this script the same fields are sent by the form; the server decides everything.

const CHUNK = 1_000_000;
const LONGEST_WAIT = 30;
const LASTS = 24 * 3600 * 1000;

const form = document.getElementById("evidence-upload");
const words = form ? JSON.parse(form.dataset.words) : {};

const say = (word, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[word]);
const seconds = (count) => new Promise((done) => setTimeout(done, count * 1000));

// What the browser remembers of uploads that are under way, so that a reload loses nothing.
const memory = {
  key: form ? `evidence-uploads-${form.dataset.participant}` : "",
  all() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? "[]");
      return kept.filter((each) => Date.now() - each.at < LASTS);
    } catch {
      return [];
    }
  },
  keep(entries) {
    try {
      localStorage.setItem(this.key, JSON.stringify(entries));
    } catch {
      // A browser without storage still uploads; it only cannot go on after a reload.
    }
  },
  find(file, indicator) {
    return this.all().find((each) => same(each, file) && each.indicator === indicator);
  },
  add(entry) {
    this.keep([...this.all(), { ...entry, at: Date.now() }]);
  },
  drop(token) {
    this.keep(this.all().filter((each) => each.token !== token));
  },
};

const same = (entry, file) =>
  entry.name === file.name && entry.size === file.size && entry.modified === file.lastModified;

class SignedOut extends Error {}
class Gone extends Error {}
class Refused extends Error {}

async function ask(method, address, body) {
  const headers = { "X-CSRFToken": form.elements.csrf_token.value, Accept: "application/json" };
  if (body instanceof Blob) headers["Content-Type"] = "application/octet-stream";
  const answer = await fetch(address, { method, body, headers, redirect: "manual" });
  if (answer.type === "opaqueredirect") throw new SignedOut();
  if (answer.status === 404) throw new Gone();
  const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
  if (told.words) throw new Refused(told.words);
  if (answer.status === 409 && "received" in told) return told;
  if (answer.status >= 500 || answer.status === 429) throw new Error(`status ${answer.status}`);
  if (!answer.ok) throw new Refused(words.failed);
  return told;
}

class Upload {
  constructor(file, place) {
    this.file = file;
    this.place = place;
    this.received = 0;
    this.paused = false;
    this.over = false;
    this.view = new Progress(this);
  }

  get percent() {
    return `${Math.floor((100 * this.received) / Math.max(1, this.file.size))}%`;
  }

  // Goes on until the file is there, the server refuses it, or the person gives up.
  async run() {
    let wait = 1;
    while (!this.over) {
      await this.whileNotPaused();
      const before = this.received;
      try {
        await this.send();
        return;
      } catch (problem) {
        if (problem instanceof Refused) return this.fail(problem.message);
        if (problem instanceof Gone) {
          // The upload was ended, after a day for one: it is begun anew, once.
          if (!this.token || this.begunAnew) return this.fail(words.failed);
          this.begunAnew = true;
          this.forget();
        } else if (problem instanceof SignedOut) {
          this.pause(words.signed_out);
        } else {
          // A line that carried something in the meantime is tried again soon.
          wait = this.received > before ? 1 : Math.min(wait * 2, LONGEST_WAIT);
          this.view.say(say("again", { seconds: wait }));
          await Promise.race([seconds(wait), online()]);
        }
      }
    }
  }

  async whileNotPaused() {
    while (this.paused && !this.over) await new Promise((go) => (this.go = go));
  }

  async send() {
    await this.findOrBegin();
    while (this.received < this.file.size) {
      await this.whileNotPaused();
      if (this.over) return;
      this.view.show(say("sending", { percent: this.percent }));
      const chunk = this.file.slice(this.received, this.received + CHUNK);
      const told = await ask("PUT", `${form.dataset.uploads}${this.token}/${this.received}`, chunk);
      this.received = told.received;
    }
    this.view.say(words.checking);
    await ask("POST", form.dataset.uploads + this.token);
    memory.drop(this.token);
    this.over = true;
    this.view.end(words.done);
    await this.place.refresh();
  }

  async findOrBegin() {
    this.token ??= memory.find(this.file, this.place.indicator)?.token;
    if (this.token) {
      const told = await ask("GET", form.dataset.uploads + this.token);
      this.received = told.received;
      return;
    }
    const about = new FormData();
    about.set("name", this.file.name);
    about.set("size", this.file.size);
    about.set("indicator", this.place.indicator);
    const told = await ask("POST", form.dataset.begin, about);
    this.token = told.token;
    this.received = told.received;
    const { name, size, lastModified: modified } = this.file;
    memory.add({ token: told.token, name, size, modified, indicator: this.place.indicator });
  }

  pause(text) {
    this.paused = true;
    this.view.say(text ?? say("paused", { percent: this.percent }));
  }

  resume() {
    this.paused = false;
    this.go?.();
  }

  forget() {
    memory.drop(this.token);
    this.token = undefined;
    this.received = 0;
  }

  fail(text) {
    if (this.token) memory.drop(this.token);
    this.over = true;
    this.view.end(text, true);
  }

  cancel() {
    this.over = true;
    this.go?.();
    if (this.token) {
      memory.drop(this.token);
      ask("DELETE", form.dataset.uploads + this.token).catch(() => {});
    }
    this.view.close();
  }
}

const online = () =>
  new Promise((done) => window.addEventListener("online", done, { once: true }));

const button = (text, name, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm btn-link";
  made.textContent = text;
  const hidden = document.createElement("span");
  hidden.className = "visually-hidden";
  hidden.textContent = ` ${name}`;
  made.append(hidden);
  made.addEventListener("click", act);
  return made;
};

// One line of the list of uploads: name, bar, what happens now in words, and what can be done.
class Progress {
  constructor(upload) {
    this.upload = upload;
    this.line = document.createElement("li");
    this.bar = document.createElement("progress");
    this.bar.max = Math.max(1, upload.file.size);
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", say("progress", { name: upload.file.name }));
    this.text = document.createElement("span");
    this.text.className = "quiet";
    this.buttons = document.createElement("span");
    this.line.append(`${upload.file.name} `, this.text, " ", this.buttons, this.bar);
    upload.place.list.append(this.line);
    this.say(words.waiting);
  }

  say(text) {
    this.tell(text);
    this.show(text);
  }

  // Says what happens to those who hear the page; the percentages alone would be too many.
  tell(text) {
    this.upload.place.told.textContent = `${this.upload.file.name}: ${text}`;
  }

  show(text) {
    const { upload } = this;
    this.bar.value = upload.received;
    this.text.textContent = text;
    if (this.shown === upload.paused) return;
    this.shown = upload.paused;
    const { name } = upload.file;
    const first = upload.paused
      ? button(words.resume, name, () => (upload.resume(), this.say(words.waiting)))
      : button(words.pause, name, () => upload.pause());
    this.buttons.replaceChildren(first, button(words.cancel, name, () => upload.cancel()));
  }

  end(text, failed = false) {
    this.tell(text);
    this.text.textContent = text;
    this.text.className = failed ? "text-danger" : "quiet";
    this.bar.remove();
    this.buttons.replaceChildren(button(words.close, this.upload.file.name, () => this.close()));
    if (!failed) setTimeout(() => this.close(), 5000);
  }

  close() {
    this.line.remove();
  }
}

// A place on the page where files are chosen: that of an indicator, or the page of all files.
class Place {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector('input[type="file"]');
    this.list = box.querySelector("[data-evidence-progress]");
    this.choice = box.querySelector("[data-evidence-for]");
    this.told = document.createElement("p");
    this.told.className = "visually-hidden";
    this.told.setAttribute("role", "status");
    this.list.after(this.told);
    this.input.addEventListener("change", () => this.take());
    box.querySelector("[data-evidence-send]").hidden = true;
    this.tellUnfinished();
  }

  get indicator() {
    return this.choice ? this.choice.value : this.box.dataset.evidence;
  }

  take() {
    const files = [...this.input.files];
    this.input.value = "";
    this.box.querySelectorAll("[data-evidence-unfinished]").forEach((each) => each.remove());
    const uploads = files.map((file) => new Upload(file, new Proved(this)));
    queue = uploads.reduce((before, upload) => before.then(() => upload.run()), queue);
  }

  tellUnfinished() {
    const mine = memory.all().filter((each) => this.choice || each.indicator === this.indicator);
    for (const each of mine) {
      const line = document.createElement("li");
      line.dataset.evidenceUnfinished = "";
      line.textContent = `${each.name}: ${words.unfinished}`;
      this.list.append(line);
    }
  }

  async refresh() {
    if ("reload" in this.box.dataset) {
      await replace(location.href, "[data-evidence-all]");
    } else {
      await replace(this.box.dataset.files, "[data-evidence-files]", this.box);
      this.count();
    }
  }

  // A page that folds this up says at its summary how many files there are.
  count() {
    const said = this.box.closest("details")?.querySelector("[data-evidence-count]");
    const files = this.box.querySelectorAll("[data-evidence-files] > li:not(.quiet)");
    if (said) said.textContent = files.length;
  }
}

// Where a file was chosen, with the indicator as it was chosen at that moment.
class Proved {
  constructor(place) {
    this.indicator = place.indicator;
    this.list = place.list;
    this.told = place.told;
    this.refresh = () => place.refresh().catch(() => {});
  }
}

async function replace(address, selector, box = document) {
  const answer = await fetch(address, { redirect: "manual" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(selector);
  if (fresh) box.querySelector(selector)?.replaceWith(fresh);
}

// Files go one after the other: a slow line is not shared by many, and the order is kept.
let queue = Promise.resolve();

if (form) {
  document.querySelectorAll("[data-evidence]").forEach((box) => {
    if (box.querySelector('input[type="file"]')) new Place(box);
  });
}
