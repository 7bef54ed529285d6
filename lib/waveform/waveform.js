// The waveform that is a clip's player. It is told {key, address, name, length_s, peaks} and may be
// told {small, autoplay, gain_db}; all else happens here. Other scripts are put behind this one.

const BAR_PX = 3;
const PITCH_PX = 5; // one bar each 5 px, whatever the width
const PEAK_MAX = 255;
const ARROW_S = 1;
const PAGE_S = 10;
const PARKED_MS = 1000;

const MARKUP = `
<div class="soundcheck-player">
  <button type="button">
    <svg class="play" viewBox="0 0 24 24" aria-hidden="true"><path d="M7 4.5v15l13-7.5z"/></svg>
    <svg class="pause" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M6 4.5h4v15H6zM14 4.5h4v15h-4z"/>
    </svg>
  </button>
  <div role="slider" tabindex="0" aria-valuemin="0">
    <svg class="ahead" aria-hidden="true"><path/></svg>
    <svg class="behind" aria-hidden="true"><path/></svg>
  </div>
  <span class="time"><span role="status"></span><span class="clock"></span></span>
</div>`;

// key -> the sound that its players show; one for the page, whichever component brought this script
const sounds = (window.soundcheckSounds ??= new Map());
let mixer; // louder or softer than recorded: made at the first need, one for the page
const autoplayed = new Set(); // clips that have already started by themselves

// A card that appears above can make Streamlit build a player a second time, before or after it
// throws the first away. So the sound is not the player's own: it moves from one to the next.
class Sound {
  constructor(key) {
    this.key = key;
    this.audio = Object.assign(new Audio(), { preload: "metadata" });
    this.address = "";
    this.finished = false; // played to its end: shown as not yet started
    this.playing = false;
    for (const name of ["play", "pause", "ended"])
      this.audio.addEventListener(name, () => {
        this.playing = name === "play";
        if (name !== "pause") this.finished = name === "ended";
      });
    this.roots = []; // of its players; the sound lives in the last
    this.tearing = new MutationObserver(() => this.saveFromTearing());
    this.tearing.observe(document.body, { childList: true, subtree: true });
    sounds.set(key, this);
  }

  enter(root) {
    this.roots.push(root);
    this.move(root);
  }

  // Through the mixer, since a phone's browser ignores a player's own volume, and none goes above 1.
  level(gain_db) {
    if (gain_db === undefined && !this.gain) return;
    if (!this.gain) {
      mixer ??= new AudioContext();
      this.gain = mixer.createGain();
      mixer.createMediaElementSource(this.audio).connect(this.gain).connect(mixer.destination);
    }
    this.gain.gain.value = 10 ** ((gain_db ?? 0) / 20);
    mixer.resume();
  }

  leave(root) {
    this.roots = this.roots.filter((each) => each !== root);
    if (this.roots.length) this.move(this.roots.at(-1));
    else this.park();
  }

  // The browser stops a sound that has left the page, but not before an observer is told.
  saveFromTearing() {
    if (this.playing && !this.audio.isConnected) this.park();
  }

  // It waits in the page's body for its next player, which may be a moment away.
  park() {
    this.move(document.body);
    setTimeout(() => this.roots.length || this.forget(), PARKED_MS);
  }

  move(parent) {
    const { playing } = this;
    parent.append(this.audio);
    if (playing && this.audio.paused) this.audio.play().catch(() => {}); // for a browser that was quicker
  }

  forget() {
    if (sounds.get(this.key) === this) sounds.delete(this.key);
    this.tearing.disconnect();
    this.audio.removeAttribute("src"); // stops it and gives its connection back
    this.audio.load();
    this.audio.remove();
  }
}

class Player {
  constructor(parent, key) {
    parent.insertAdjacentHTML("beforeend", MARKUP);
    this.root = parent.lastElementChild;
    [this.button, this.wave, this.time, this.trouble, this.clock] = [
      "button", "[role=slider]", ".time", "[role=status]", ".clock",
    ].map((selector) => this.root.querySelector(selector));
    this.clip = { peaks: [] };
    this.frame = 0;

    this.sound = sounds.get(key) ?? new Sound(key);
    this.audio = this.sound.audio;
    this.sound.enter(this.root);

    this.listeners = new AbortController();
    this.hearPerson();
    this.hearAudio();
    this.resizing = new ResizeObserver(() => this.drawBars());
    this.resizing.observe(this.wave);
  }

  show(data) {
    const before = this.clip;
    this.clip = data;
    this.root.classList.toggle("small", Boolean(data.small));
    this.wave.setAttribute("aria-label", `Position in ${data.name}`);
    this.wave.setAttribute("aria-valuemax", Math.round(data.length_s));
    if (pathOf(this.sound.address) !== pathOf(data.address)) this.load(0);
    else this.renew();
    if (String(before.peaks) !== String(data.peaks)) this.drawBars();
    if (!this.audio.paused) this.sound.level(data.gain_db);
    this.follow();
    this.root.classList.add("ready");
    if (data.autoplay && !autoplayed.has(this.asked)) this.play();
  }

  get asked() {
    return `${pathOf(this.clip.address)} ${this.clip.autoplay}`;
  }

  leave() {
    this.listeners.abort();
    this.resizing.disconnect();
    cancelAnimationFrame(this.frame);
    this.sound.leave(this.root);
    this.root.remove();
  }

  // ---- Sound ----

  load(start_s) {
    this.trouble.textContent = "";
    this.sound.address = this.clip.address;
    this.audio.src = this.clip.address;
    this.audio.currentTime = start_s; // kept by the browser until the sound is there
  }

  // A link is signed anew each hour. What sounds goes on with the link it has.
  renew() {
    const stale = this.audio.src !== new URL(this.clip.address, document.baseURI).href;
    if (stale && this.audio.paused) this.load(this.sound.finished ? 0 : this.audio.currentTime);
  }

  play() {
    autoplayed.add(this.asked);
    if (this.audio.error) this.load(this.audio.currentTime);
    // At once, not when the browser comes to say "play": two quick keys would stop each other.
    for (const other of document.querySelectorAll("audio"))
      if (other !== this.audio) other.pause();
    this.sound.level(this.clip.gain_db); // only now: a browser lets sound out after a click alone
    // Refused before the visitor's first click: the button simply stays at Play. A sound that
    // cannot be loaded comes as an "error" event as well.
    // Known before the browser says "play": a card that moves meanwhile takes its sound along.
    this.sound.playing = true;
    this.audio.play().catch(() => (this.sound.playing = !this.audio.paused));
  }

  toggle() {
    if (this.audio.paused) this.play();
    else this.audio.pause();
  }

  seek(position_s) {
    this.sound.finished = false;
    this.audio.currentTime = Math.min(Math.max(position_s, 0), this.clip.length_s);
    this.drawPosition();
  }

  seekToPointer(event) {
    this.makeRoom();
    const box = this.wave.getBoundingClientRect();
    this.seek(((event.clientX - box.left) / box.width) * this.clip.length_s);
  }

  // ---- Picture ----

  drawBars() {
    const path = barsPath(this.clip.peaks, this.wave.clientWidth, this.wave.clientHeight);
    for (const bars of this.wave.querySelectorAll("path")) bars.setAttribute("d", path);
  }

  drawPosition() {
    const { audio, clip } = this;
    const position_s = this.sound.finished ? 0 : Math.min(audio.currentTime, clip.length_s);
    const started = !audio.paused || position_s > 0;
    const whole = lengthWords(clip.length_s);
    const now = positionWords(position_s, clip.length_s);
    this.root.style.setProperty("--played", clip.length_s ? position_s / clip.length_s : 0);
    this.root.classList.toggle("playing", !audio.paused);
    this.button.setAttribute("aria-label", `${audio.paused ? "Play" : "Pause"} ${clip.name}`);
    this.wave.setAttribute("aria-valuenow", Math.round(position_s));
    this.wave.setAttribute("aria-valuetext", `${now} of ${whole}`);
    this.clock.textContent = started ? `${now} / ${whole}` : whole;
    if (started) this.makeRoom();
  }

  // Once "0:02 / 0:07" has come the bars keep clear of it: they must not move under a pointer.
  makeRoom() {
    const whole = lengthWords(this.clip.length_s);
    this.time.dataset.widest = `${whole} / ${whole}`;
  }

  // Smooth while it sounds; in steps of the audio element itself for who wants less motion.
  follow() {
    cancelAnimationFrame(this.frame);
    this.drawPosition();
    if (!this.audio.paused && !matchMedia("(prefers-reduced-motion: reduce)").matches)
      this.frame = requestAnimationFrame(() => this.follow());
  }

  // ---- Events ----

  on(target, names, handle, options) {
    for (const name of names.split(" "))
      target.addEventListener(name, handle, { signal: this.listeners.signal, ...options });
  }

  hearPerson() {
    const { wave } = this;
    this.on(this.button, "click", () => this.toggle());
    this.on(wave, "keydown", (event) => this.pressed(event));
    this.on(wave, "pointerdown", (event) => {
      if (event.button) return;
      wave.setPointerCapture(event.pointerId);
      // A finger may only be about to scroll: it seeks when it moves sideways or lifts.
      if (event.pointerType !== "touch") this.seekToPointer(event);
    });
    this.on(wave, "pointermove pointerup", (event) => {
      if (wave.hasPointerCapture(event.pointerId)) this.seekToPointer(event);
    });
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by_s = {
      ArrowRight: ARROW_S, ArrowUp: ARROW_S, ArrowLeft: -ARROW_S, ArrowDown: -ARROW_S,
      PageUp: PAGE_S, PageDown: -PAGE_S, Home: -Infinity, End: Infinity,
    }[event.key];
    if (by_s) this.seek(this.audio.currentTime + by_s);
    else if (event.key === " ") this.toggle();
    else return;
    event.preventDefault(); // the page must not scroll as well
  }

  hearAudio() {
    const { audio } = this;
    this.on(audio, "play pause timeupdate seeked ended", () => this.follow());
    this.on(audio, "pause", () => this.renew());
    this.on(audio, "loadedmetadata", () => (this.trouble.textContent = ""));
    this.on(audio, "error", () => {
      audio.pause();
      this.trouble.textContent = "Reload the page to play this";
    });
    // "play" does not bubble, but is seen on its way down: every other player's as well.
    const others = ({ target }) => target !== audio && !target.paused && audio.pause();
    this.on(document, "play", others, { capture: true });
  }
}

// Round-ended bars about the middle line, each as high as the loudest peak of its slice.
function barsPath(peaks, width, height) {
  const count = Math.max(Math.floor((width + PITCH_PX - BAR_PX) / PITCH_PX), 1);
  const reach = (height - BAR_PX) / 2;
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / count);
    const to = Math.max(Math.floor(((bar + 1) * peaks.length) / count), from + 1);
    const half = (Math.max(0, ...peaks.slice(from, to)) / PEAK_MAX) * reach;
    const x = bar * PITCH_PX + BAR_PX / 2;
    // The hundredth makes silence a dot: a line of no length is not drawn everywhere.
    return `M${x} ${(height / 2 - half).toFixed(2)}v${(2 * half + 0.01).toFixed(2)}`;
  }).join("");
}

const pathOf = (address) => address.split("?")[0];

const SHORT_S = 0.95;
const isShort = (length_s) => length_s > 0 && length_s < SHORT_S;

// As length() of lib/money.py: 7.4 -> "0:07", 3723 -> "1:02:03", 0.6 -> "0.6 s".
function lengthWords(length_s) {
  if (isShort(length_s)) return `${(Math.max(1, Math.round(length_s * 10)) / 10).toFixed(1)} s`;
  return clock(Math.round(length_s));
}

// A clock shows a second once it has passed.
function positionWords(position_s, length_s) {
  return isShort(length_s) ? position_s.toFixed(1) : clock(Math.floor(position_s));
}

function clock(whole) {
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((n) => String(n).padStart(2, "0"));
  const hours = Math.floor(whole / 3600);
  return hours ? `${hours}:${parts.join(":")}` : `${Number(parts[0])}:${parts[1]}`;
}
