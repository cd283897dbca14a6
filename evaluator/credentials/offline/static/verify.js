
// Verifies a certificate's token on this device: it reads the payload as evaluator/credentials
// does, makes the printed lines anew and checks the Ed25519 signature over both.
const published = JSON.parse(document.getElementById("published").textContent);
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECKS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
const NUMERALS = "〇一二三四五六七八九";
const SIGNATURE = 64;
const VERSION = 1;
const HAS_END = 1, OTHER_YEAR = 2, OTHER_DAY = 4, ISSUER_BY_KEY = 8;
const RUNS = [[0xff00, 0x5300], [0x3000, 0x5200], [0x4e00, 0]];
const FIRST_DAY = Date.UTC(2000, 0, 1);
const DAY = 86400000;

class Malformed extends Error {}

class Unpacking {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(size) {
    if (this.at + size > this.bytes.length) throw new Malformed("too short");
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  number(size) {
    return Number(this.take(size).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n));
  }

  text() {
    const inner = new Unpacking(this.take(this.number(1)));
    let text = "";
    while (inner.at < inner.bytes.length) text += inner.character();
    return text;
  }

  character() {
    const code = this.number(1);
    const word = code < 0x20 ? code - 0x02 : code >= 0xd4 ? code - 0xd4 + 30 : -1;
    if (word >= 0 && word < published.words.length) return published.words[word];
    if (code >= 0x20 && code < 0x7f) return String.fromCharCode(code);
    if (code === 1) return String.fromCodePoint(Math.min(this.number(3), 0x10ffff));
    if (code < 0x80) throw new Malformed("no character");
    const place = (code - 0x80) * 256 + this.number(1);
    const [start, first] = RUNS.find((run) => place >= run[1]);
    return String.fromCharCode(start + place - first);
  }

  day() {
    return new Date(FIRST_DAY + this.number(2) * DAY);
  }

  pair(table) {
    const place = this.number(1);
    if (place === 0) return [this.text(), this.text()];
    if (place > table.length) throw new Malformed("not in the table");
    return table[place - 1];
  }

  serial() {
    let rest = this.take(7).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    const part = (size) => {
      const found = Number(rest % BigInt(size));
      rest /= BigInt(size);
      return found;
    };
    const tag = Array.from({ length: 4 }, () => CROCKFORD[part(32)]).reverse().join("");
    const number = String(part(100000)).padStart(5, "0");
    const level = "0123456789M"[part(11)];
    const category = "GSCNX"[part(5)];
    const year = String(Number(rest) + 2000);
    const check = checkCharacter(year + category + level + number + tag);
    return `${year}-${category}${level}-${number}-${tag}${check}`;
  }
}

function checkCharacter(plain) {
  let total = 0;
  for (const character of plain) total = ((total + CHECKS.indexOf(character)) * 2) % 37;
  return CHECKS[(38 - total) % 37];
}

function tokenOf(text) {
  return text.replace(/\s+/g, "").toUpperCase().replace(/\/+$/, "").split(/[/#]/).pop();
}

function bytesOf(token) {
  if (!/^[A-Z2-7]{1,1200}$/.test(token)) throw new Malformed("no token");
  const bytes = new Uint8Array(Math.floor((token.length * 5) / 8));
  let held = 0, bits = 0, at = 0;
  for (const letter of token) {
    held = (held << 5) | BASE32.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  // The bits that are left over stand for nothing: only zeros, and too few for a letter.
  if (held !== 0 || bits >= 5 || bytes.length <= SIGNATURE) throw new Malformed("no whole token");
  return bytes;
}

function unpacked(payload) {
  const source = new Unpacking(payload);
  const first = source.number(1);
  if (first >> 4 !== VERSION) throw new Malformed("unknown version");
  const keyId = Array.from(source.take(4), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const facts = { serial: source.serial() };
  facts.year = first & OTHER_YEAR ? source.number(2) : Number(facts.serial.slice(0, 4));
  facts.awardedOn = source.day();
  facts.validUntil = first & HAS_END ? source.day() : null;
  const signedOn = first & OTHER_DAY ? source.day() : facts.awardedOn;
  facts.level = source.pair(published.levels)[1];
  facts.category = source.pair(published.categories)[1];
  facts.organisation = source.text();
  facts.issuer = first & ISSUER_BY_KEY ? null : source.text();
  if (source.at !== payload.length) throw new Malformed("too long");
  return { keyId, facts, signedOn };
}

function numeral(number) {
  const tens = Math.floor(number / 10), ones = number % 10;
  return (tens > 1 ? NUMERALS[tens] : "") + (tens ? "十" : "") + (ones ? NUMERALS[ones] : "");
}

function formalDate(day) {
  const year = Array.from(String(day.getUTCFullYear()), (digit) => NUMERALS[digit]).join("");
  return `${year}年${numeral(day.getUTCMonth() + 1)}月${numeral(day.getUTCDate())}日`;
}

function plainDate(day) {
  return `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日`;
}

function rows(facts) {
  const stated = [
    ["organisation", facts.organisation],
    ["rating", `${facts.year}年度基层党组织星级评定（${facts.category}类）`],
    ["level", facts.level],
    ["issuer", facts.issuer],
    ["awarded_on", formalDate(facts.awardedOn)],
    ["serial", facts.serial],
  ];
  if (facts.validUntil) stated.push(["valid_until", plainDate(facts.validUntil)]);
  return stated;
}

async function verify(text) {
  const bytes = bytesOf(tokenOf(text));
  const payload = bytes.slice(0, -SIGNATURE);
  const { keyId, facts, signedOn } = unpacked(payload);
  const known = published.keys.keys.find((key) => key.kid === keyId);
  if (!known) return { state: "unknown_key" };
  facts.issuer ??= (known.issuer ?? "");
  const lines = rows(facts).map(([, words]) => words.normalize("NFC") + "\n").join("");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(lines));
  const message = new Uint8Array([...payload, ...new Uint8Array(digest)]);
  const { kty, crv, x } = known;
  const key = await crypto.subtle.importKey("jwk", { kty, crv, x }, "Ed25519", false, ["verify"]);
  const holds = await crypto.subtle.verify("Ed25519", key, bytes.slice(-SIGNATURE), message);
  if (!holds) return { state: "wrong_signature" };
  const day = signedOn.toISOString().slice(0, 10);
  const inUse = known.from_day <= day && (!known.until_day || day <= known.until_day);
  return { state: inUse ? "valid" : "key_not_in_use", facts: inUse ? facts : null };
}

async function canVerify() {
  try {
    const x = published.keys.keys[0]?.x ?? "A".repeat(43);
    await crypto.subtle.importKey("jwk", { kty: "OKP", crv: "Ed25519", x }, "Ed25519", false, ["verify"]);
    return true;
  } catch (error) {
    return false;
  }
}

const byId = (id) => document.getElementById(id);

function say(place, [zh, en]) {
  const english = document.createElement("span");
  english.lang = "en";
  english.textContent = en;
  place.replaceChildren(zh, " ", english);
}

function show(state, facts = null) {
  const good = state === "valid";
  const [zh, en] = published.states[state];
  byId("result").hidden = false;
  byId("state").className = `state ${good ? "good" : "bad"}`;
  say(byId("state"), [`${good ? "✓" : "✗"} ${zh}。`, `${en}.`]);
  byId("facts").replaceChildren();
  for (const [fact, words] of facts ? rows(facts) : []) {
    const term = document.createElement("dt"), value = document.createElement("dd");
    say(term, published.facts[fact]);
    value.textContent = words;
    byId("facts").append(term, value);
  }
  byId("compare").hidden = byId("offline").hidden = !good;
  byId("expired").hidden = !(good && facts.validUntil && facts.validUntil.getTime() + DAY < Date.now());
}

async function answer(text) {
  if (!(await canVerify())) return show("no_ed25519");
  try {
    const { state, facts } = await verify(text);
    show(state, facts);
  } catch (error) {
    if (!(error instanceof Malformed)) console.error(error);
    show("unreadable");
  }
}

async function codeIn(picture) {
  const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(picture);
  return found[0]?.rawValue ?? null;
}

async function answerPicture(file) {
  let text = null;
  try {
    text = await codeIn(await createImageBitmap(file));
  } catch (error) {
    console.error(error);
  }
  if (text === null) return show("no_code");
  byId("token").value = text;
  return answer(text);
}

async function scan() {
  const video = byId("video");
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (error) {
    return show("no_camera");
  }
  video.hidden = false;
  await video.play();
  let text = null;
  while (text === null && video.srcObject) {
    text = await codeIn(video);
    await new Promise((done) => setTimeout(done, 200));
  }
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
  video.hidden = true;
  byId("token").value = text;
  return answer(text);
}

async function offerPictures() {
  const formats = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats() : [];
  const can = formats.includes("qr_code");
  byId("pictures").hidden = !can;
  byId("no-pictures").hidden = can;
  byId("camera-row").hidden = !(can && navigator.mediaDevices);
}

function answerAddress() {
  const token = location.hash.slice(1);
  if (!token) return;
  byId("token").value = token;
  answer(token);
}

byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  answer(byId("token").value);
});
byId("picture").addEventListener("change", (event) => {
  if (event.target.files.length) answerPicture(event.target.files[0]);
});
byId("camera").addEventListener("click", scan);
addEventListener("hashchange", answerAddress);
for (const key of published.keys.keys) {
  const item = document.createElement("li"), id = document.createElement("code");
  id.textContent = key.kid;
  item.append(id, ` ${key.issuer ?? ""}（${key.from_day} — ${key.until_day ?? ""}）`);
  byId("keys").append(item);
}
byId("no-script").hidden = true;
offerPictures();
answerAddress();
