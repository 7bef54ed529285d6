// Keeps what a page shows up to date: one stream for the page, and for each place that shows topics
// one small view, which has its fragment run when something of it has changed, and draws numbers by
// itself. Behind waveform.js, shared.js and words.js. Python hands over {watch: {topic: [version,
// proof]}, gap_ms, poll, untold, drawing}; live.py says what they mean.

const STREAM = "/events";
const SILENT_MS = 45_000; // the server speaks every 20 s
const WAIT_MS = [250, 1000, 3000, 10_000];
const POLL_MS = 3000; // where there is no stream
const AGAIN_MS = 3000; // a run that was asked for and has not come
const IDLE_MS = 20;
const BUSY_MAX_MS = 2000;
const ASKED_MS = 500; // until a run that was asked for has begun
const NEXT_MS = 100; // until one has begun that was asked for together with the run that begins
const DRAWN_MS = 100; // until the views have what a run that has ended brought

export default mounting(({ parentElement }) => new View(parentElement));

// ---- The stream ----

const views = new Set();
const known = new Map(); // topic -> {version, numbers, at_ms}
let stream; // a WebSocket, or undefined
let asked = ""; // which topics it was asked for
let failed = 0; // times in a row
let waiting; // for the next try
let silence;

const isOpen = () => stream?.readyState === WebSocket.OPEN;

function topics() {
  const wanted = {};
  for (const view of views)
    for (const [topic, [, proof]] of Object.entries(view.data.watch)) wanted[topic] = proof;
  return wanted;
}

function listen() {
  const wanted = JSON.stringify(topics());
  if (wanted === "{}" && !stream) return;
  if (!stream && !waiting) connect();
  if (!isOpen() || wanted === asked) return;
  asked = wanted;
  stream.send(wanted);
}

function connect() {
  waiting = undefined;
  const mine = (stream = new WebSocket(location.origin.replace(/^http/, "ws") + STREAM));
  mine.onopen = () => {
    asked = "";
    listen();
    alive();
  };
  mine.onmessage = ({ data }) => {
    failed = 0;
    alive();
    const at_ms = performance.now();
    for (const [topic, [version, numbers]] of Object.entries(JSON.parse(data)))
      known.set(topic, { version, numbers, at_ms });
    for (const view of views) view.look();
  };
  mine.onclose = () => stream === mine && lost();
}

// A connection that has died says nothing: not even that it has.
function alive() {
  clearTimeout(silence);
  silence = setTimeout(lost, SILENT_MS);
}

function lost() {
  clearTimeout(silence);
  stream?.close();
  stream = undefined;
  if (!views.size) return;
  const wait_ms = WAIT_MS[Math.min(failed++, WAIT_MS.length - 1)];
  waiting = setTimeout(connect, wait_ms * (0.75 + Math.random() / 2)); // not all at once
}

function soon() {
  if (stream || !views.size) return;
  clearTimeout(waiting);
  connect();
}
addEventListener("online", soon);
document.addEventListener("visibilitychange", () => document.hidden || soon());

// A press that has begun must end on the same button: nothing is drawn under it.
let pressing = false;
addEventListener("pointerdown", () => (pressing = true), true);
const letGo = () => {
  setTimeout(() => (pressing = false));
  expectRun(); // most presses ask for one, and what they change is told at once
};
for (const name of ["pointerup", "pointercancel", "dragend"]) addEventListener(name, letGo, true);
addEventListener("blur", letGo); // the window's own: a press may take the focus from an element

// ---- What shows it ----

// A run that was asked for is awaited until then. Of two asked for at once Streamlit makes one.
let awaited_ms = -Infinity;
const expectRun = () => (awaited_ms = performance.now() + ASKED_MS);
let isRunning = document.querySelector('[data-test-script-state="running"]') !== null;
let ended_ms = -Infinity; // the last run
new MutationObserver(([{ target }]) => {
  isRunning = target.dataset.testScriptState === "running";
  const now_ms = performance.now();
  if (isRunning) awaited_ms = Math.min(awaited_ms, now_ms + NEXT_MS);
  else ended_ms = now_ms;
}).observe(document.body, { subtree: true, attributeFilter: ["data-test-script-state"] });

class View {
  constructor(parent) {
    this.root = element("div", { class: "soundcheck-live" });
    parent.append(this.root);
    this.last_ms = -Infinity; // when its fragment was last asked to run
    this.isDue = false; // whether it must run without any news
    this.timer = undefined;
    this.ticking = setInterval(() => this.tick(), 1000);
    this.polling = setInterval(() => this.poll(), POLL_MS);
  }

  show(data, { setTriggerValue }) {
    this.data = data;
    this.run = () => setTriggerValue("changed", performance.now());
    this.drawn_ms = performance.now();
    clearTimeout(this.timer); // the run that it may wait for has come
    this.timer = undefined;
    views.add(this);
    listen();
    this.look();
  }

  leave() {
    views.delete(this);
    clearTimeout(this.timer);
    clearInterval(this.ticking);
    clearInterval(this.polling);
    this.player?.leave();
    this.root.remove();
    listen();
  }

  get isOld() {
    const isNews = ([topic, [version]]) =>
      version !== null && known.get(topic)?.version > version;
    return this.isDue || Object.entries(this.data.watch).some(isNews);
  }

  get isLoading() {
    const audio = this.player?.audio;
    return Boolean(audio) && audio.readyState < HTMLMediaElement.HAVE_METADATA && !audio.error;
  }

  look() {
    this.tick();
    if (!this.isOld || this.timer) return;
    const gap_ms = this.last_ms + this.data.gap_ms - performance.now();
    this.timer = setTimeout(() => this.refresh(performance.now()), Math.max(0, gap_ms));
  }

  // Once the page is idle: a run that is under way may bring what is new already.
  refresh(since_ms) {
    this.timer = undefined;
    if (!this.isOld || !this.root.isConnected) return;
    const now_ms = performance.now();
    const isComing = isRunning || now_ms < awaited_ms || now_ms - ended_ms < DRAWN_MS;
    const isLoading = [...views].some((view) => view.isLoading); // the sound first
    const isBusy = pressing || ((isComing || isLoading) && now_ms - since_ms < BUSY_MAX_MS);
    this.timer = setTimeout(
      () => (isBusy ? this.refresh(since_ms) : this.again()), isBusy ? IDLE_MS : AGAIN_MS);
    if (isBusy) return;
    this.last_ms = now_ms;
    expectRun();
    this.isDue = false; // not in show(): a run that brings nothing new does not come there
    this.run();
  }

  again() {
    this.timer = undefined;
    this.look();
  }

  poll() {
    const { poll, untold } = this.data;
    const isWanted = untold || (poll && !isOpen());
    if (!isWanted || document.hidden) return;
    this.isDue = true;
    this.look();
  }

  tick() {
    const drawing = this.data?.drawing;
    if (!drawing) return;
    const news = known.get(drawing.topic);
    const isNews = news && Object.keys(news.numbers).length && news.at_ms > this.drawn_ms;
    const passed_s = (performance.now() - this.drawn_ms) / 1000;
    this.draw(drawing, isNews ? news.numbers : drawing.numbers, passed_s);
  }

  draw({ phases, shares, age_s, cost, sound }, numbers, passed_s) {
    if (sound && numbers.done) this.hear(sound);
    if (this.player) return;
    const words = phases[numbers.phase ?? 0] ?? phases.at(-1);
    if (!this.words) {
      this.fill = element("div");
      this.words = element("p", { class: shares ? "" : "facts" });
      this.bar = element("div", { role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100 });
      this.bar.append(this.fill);
      this.root.append(this.words, ...(shares ? [this.bar] : []));
    }
    setText(this.words, filled(words, { ...numbers, age_s: age_s + passed_s, cost }));
    if (!shares) return;
    const parts = Object.entries(shares).map(([name, share]) => share * (numbers[name] ?? 0));
    const share = parts.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.total ?? 1);
    const percent = Math.round(100 * Math.min(1, share));
    this.fill.style.width = `${percent}%`;
    this.bar.setAttribute("aria-valuenow", percent);
    this.bar.setAttribute("aria-label", this.words.textContent);
  }

  // A sound is stored some time before the page is drawn again. The player of the finished clip has
  // the same key, so it goes on with what this one has loaded, and with what plays.
  hear(sound) {
    if (this.player) return;
    this.root.replaceChildren();
    this.player = new Player(this.root, sound.key);
    const { audio } = this.player;
    const show = () => this.player.show({ ...sound, length_s: audio.duration || 0, peaks: [] });
    audio.addEventListener("loadedmetadata", show, { once: true });
    // In another format than was asked for it has another name, which the page's next run knows.
    audio.addEventListener("error", () => this.root.replaceChildren(), { once: true });
    show();
  }
}
