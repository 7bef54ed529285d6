// What the take-away page does where scripts run. Behind waveform.js and shared.js. Python has
// written the cards, each with the browser's own player, and {title, questions, mail_to, reference, voices}.

const LINK_MAX = 2000; // characters; Windows cuts a longer mailto link

const page = JSON.parse(document.getElementById("take-away").textContent);
const ballot = document.getElementById("ballot");
const cards = [...document.querySelectorAll(".card")];
const players = cards.map(waveform);
const keys = new NumberKeys();
let current = -1; // the card that was last started, by whatever means

// ---- Players ----

// The same sound in our own player; the text that held it is given back.
function waveform(card, place) {
  const plain = card.querySelector("audio");
  const slot = plain.parentElement;
  const address = blobAddress(plain.getAttribute("src"));
  plain.removeAttribute("src");
  plain.load();
  plain.remove();
  const player = new Player(slot, place);
  player.show({ key: place, address, ...page.voices[place] });
  return player;
}

function blobAddress(data) {
  const comma = data.indexOf(",");
  const text = atob(data.slice(comma + 1));
  const bytes = new Uint8Array(text.length);
  for (let place = 0; place < bytes.length; place++) bytes[place] = text.charCodeAt(place);
  const type = data.slice("data:".length, comma - ";base64".length);
  return URL.createObjectURL(new Blob([bytes], { type }));
}

function start(place) {
  current = place;
  players[place].seek(0);
  players[place].play();
  cards[place].scrollIntoView({ block: "nearest" });
}

function started({ target }) {
  if (!target.paused) current = players.findIndex((player) => player.audio === target);
}

// ---- Keys ----

function pressed(event) {
  const { target, key } = event;
  const off = !document.getElementById("keys").checked || event.defaultPrevented || event.repeat;
  if (off || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.closest("textarea, input[type=text]")) return;
  const place = keys.places(key).find((each) => players[each]) ?? neighbour(event);
  if (place !== undefined) start(place);
  else if (key === " " && players[current] && !target.closest("input, button, a, summary"))
    players[current].toggle();
  else return;
  event.preventDefault();
}

function neighbour({ target, key }) {
  if (target.closest("input[type=radio]")) return undefined; // there arrows choose a star
  const place = current + { ArrowLeft: -1, ArrowRight: 1 }[key];
  return players[place] && place;
}

// ---- Ballot ----

const toWhom = page.mail_to && ` to ${decodeURIComponent(page.mail_to)}`;
const given = () => Object.fromEntries(new FormData(ballot));
const starsOf = (voice, answers) =>
  page.questions.map((_, number) => answers[voice.letter + number]);

// For people to read, and a last line for a program: file.py says how it is made.
function ballotText(answers, { brief = false } = {}) {
  const rows = page.voices.map((voice) => {
    const stars = starsOf(voice, answers);
    const words = page.questions.map((question, at) => `${question} ${stars[at] ?? "not rated"}`);
    return `${voice.heading}: ${words.join(", ")}`;
  });
  const compact = page.voices.map(
    (voice) => voice.letter + starsOf(voice, answers).map((stars) => stars ?? "-").join(""),
  );
  const parts = [
    `Ratings: ${page.title}\nFrom: ${answers.name.trim() || "no name given"}`,
    brief ? "" : `One to five stars each.\n${rows.join("\n")}`,
    answers.remark.trim(),
    ["soundcheck", page.reference, ...compact].join(":"),
  ];
  return parts.filter(Boolean).join("\n\n");
}

function mailAddress(answers) {
  const link = (text) =>
    `mailto:${page.mail_to}?subject=${encodeURIComponent(`Ratings: ${page.title}`)}` +
    `&body=${encodeURIComponent(text.replaceAll("\n", "\r\n"))}`;
  const whole = link(ballotText(answers));
  return whole.length > LINK_MAX ? link(ballotText(answers, { brief: true })) : whole;
}

function changed() {
  const answers = given();
  const rated = page.voices.map((voice) => starsOf(voice, answers).every(Boolean));
  cards.forEach((card, place) => {
    card.querySelector(".state").textContent = rated[place] ? "Rated" : "Not rated yet";
  });
  const count = rated.filter(Boolean).length;
  const voices = rated.length === 1 ? "1 voice" : `${rated.length} voices`;
  document.getElementById("count").textContent = `${count} of ${voices} rated`;
  document.getElementById("mail").href = mailAddress(answers);
  tell("");
  remember(answers);
}

function tell(words) {
  document.getElementById("told").textContent = words;
}

function somethingRated() {
  const rated = page.voices.some((voice) => starsOf(voice, given()).some(Boolean));
  if (!rated) tell("Give at least one voice its stars first.");
  return rated;
}

async function copy() {
  if (!somethingRated()) return;
  const text = ballotText(given());
  const field = document.getElementById("text");
  field.hidden = true;
  if ((await copied(text)) || copiedFrom(field, text))
    tell(`Copied. Paste it into a message${toWhom}.`);
  else tell("Your browser does not let this page copy. Your ratings are selected here: copy them.");
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // not there, or not allowed for a file
  }
}

// The old way; where that is refused too, the text stays selected for the person's own copying.
function copiedFrom(field, text) {
  Object.assign(field, { value: text, hidden: false });
  field.select();
  field.hidden = document.execCommand("copy");
  return field.hidden;
}

// A star pressed again is taken back, which radio buttons alone cannot do.
function takeBack(stars) {
  let before = null;
  stars.addEventListener("pointerdown", ({ target }) => (before = target.checked ? target : null));
  stars.addEventListener("click", ({ target }) => {
    if (target === before) {
      target.checked = false;
      changed();
    }
    before = null;
  });
}

// ---- What an accidental reload must not lose ----

const memory = `soundcheck-${page.reference}`;

function remember(answers) {
  try {
    sessionStorage.setItem(memory, JSON.stringify(answers));
  } catch {
    // A browser may keep nothing for files: the page itself still holds it all.
  }
}

function recall() {
  try {
    for (const [name, value] of Object.entries(JSON.parse(sessionStorage.getItem(memory)) ?? {})) {
      const field = ballot.elements.namedItem(name);
      if (field) field.value = value;
    }
  } catch {
    // As above.
  }
}

// ---- Start ----

for (const each of document.querySelectorAll(".scripted")) each.hidden = false;
for (const each of document.querySelectorAll(".scriptless")) each.hidden = true;
document.addEventListener("keydown", pressed);
window.addEventListener("play", started, { capture: true });
if (ballot) {
  recall();
  changed();
  document.addEventListener("input", ({ target }) => target.form === ballot && changed());
  ballot.addEventListener("submit", (event) => event.preventDefault());
  document.querySelectorAll(".stars").forEach(takeBack);
  document.getElementById("copy").addEventListener("click", copy);
  document.getElementById("mail").addEventListener("click", (event) => {
    if (somethingRated())
      tell("Your mail program opens. If it does not, copy your ratings instead.");
    else event.preventDefault();
  });
}
