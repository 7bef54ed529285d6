// The player of one clip. Python hands over {key, address, name, length_s, peaks, small, autoplay};
// everything else happens here, so that playing needs no run of the page's script.

const BAR_PX = 3;
const PITCH_PX = 5; // one bar each 5 px, whatever the width
const PEAK_MAX = 255;
const ARROW_S = 1;
const PAGE_S = 10;
const PARKED_MS = 1000;

const mounted = new WeakMap(); // Streamlit's element -> its player
const players = new Map(); // key -> the player drawn last under it
const autoplayed = new Set(); // clips that have already started by themselves

// Streamlit calls this at the start and again whenever data or theme change. It keeps only the
// last function returned, and may still run an earlier one that came too late: see `show`.
export default function ({ data, parentElement }) {
  if (!mounted.has(parentElement)) mounted.set(parentElement, createPlayer(parentElement, data));
  return mounted.get(parentElement).show(data);
}

function createPlayer(parent, data) {
  const root = parent.querySelector(".soundcheck-player");
  const [button, wave, time, trouble, clock] = [
    "button", "[role=slider]", ".time", "[role=status]", ".clock",
  ].map((selector) => root.querySelector(selector));
  const listeners = new AbortController();
  const on = (target, name, handle, options) =>
    target.addEventListener(name, handle, { signal: listeners.signal, ...options });

  // A card that appears above can make Streamlit build this player a second time, before or after
  // it throws the first away. The sound moves over and goes on.
  const before = players.get(data.key)?.give();
  const audio = before?.audio ?? Object.assign(new Audio(), { preload: "metadata" });
  let clip = before?.clip ?? { address: "", peaks: [] };
  root.append(audio);

  let shown = 0;
  let frame = 0;

  function show(data) {
    const call = ++shown;
    const before = clip;
    clip = data;
    root.classList.toggle("small", clip.small);
    wave.setAttribute("aria-label", `Position in ${clip.name}`);
    wave.setAttribute("aria-valuemax", Math.round(clip.length_s));
    if (pathOf(before.address) !== pathOf(clip.address)) load(0);
    else renew();
    if (String(before.peaks) !== String(clip.peaks)) drawBars();
    follow();
    if (clip.autoplay && !autoplayed.has(pathOf(clip.address))) play();
    return () => call === shown && leave();
  }

  function detach() {
    mounted.delete(parent);
    listeners.abort();
    resizing.disconnect();
    tearing.disconnect();
    cancelAnimationFrame(frame);
  }

  function give() {
    detach();
    return { audio, clip };
  }

  function leave() {
    detach();
    if (root.contains(audio)) forget();
  }

  function forget() {
    if (players.get(clip.key) === player) players.delete(clip.key);
    audio.removeAttribute("src"); // stops it and gives its connection back
    audio.load();
    audio.remove();
  }

  function load(start_s) {
    trouble.textContent = "";
    audio.src = clip.address;
    audio.currentTime = start_s; // kept by the browser until the sound is there
  }

  // A link is signed anew each hour. What sounds goes on with the link it has.
  function renew() {
    if (audio.paused && stale()) load(audio.ended ? 0 : audio.currentTime);
  }

  const stale = () => audio.src !== new URL(clip.address, document.baseURI).href;

  function play() {
    autoplayed.add(pathOf(clip.address));
    if (audio.error) load(audio.currentTime);
    // Refused before the visitor's first click: the button simply stays at Play. A sound that
    // cannot be loaded comes as an "error" event as well.
    audio.play().catch(() => {});
  }

  const toggle = () => (audio.paused ? play() : audio.pause());

  function seek(position_s) {
    audio.currentTime = Math.min(Math.max(position_s, 0), clip.length_s);
    drawPosition();
  }

  function seekToPointer(event) {
    const box = wave.getBoundingClientRect();
    seek(((event.clientX - box.left) / box.width) * clip.length_s);
  }

  function drawBars() {
    const { clientWidth: width, clientHeight: height } = wave;
    const path = barsPath(clip.peaks, width, height);
    for (const bars of wave.querySelectorAll("path")) bars.setAttribute("d", path);
  }

  function drawPosition() {
    const position_s = audio.ended ? 0 : Math.min(audio.currentTime, clip.length_s);
    const started = !audio.paused || position_s > 0;
    const [now, whole] = [minutes(position_s), minutes(clip.length_s)];
    root.style.setProperty("--played", clip.length_s ? position_s / clip.length_s : 0);
    root.classList.toggle("playing", !audio.paused);
    button.setAttribute("aria-label", `${audio.paused ? "Play" : "Pause"} ${clip.name}`);
    wave.setAttribute("aria-valuenow", Math.round(position_s));
    wave.setAttribute("aria-valuetext", `${now} of ${whole}`);
    time.dataset.widest = `${whole} / ${whole}`;
    clock.textContent = started ? `${now} / ${whole}` : whole;
  }

  // Smooth while it sounds; in steps of the audio element itself for who wants less motion.
  function follow() {
    cancelAnimationFrame(frame);
    drawPosition();
    if (!audio.paused && !matchMedia("(prefers-reduced-motion: reduce)").matches)
      frame = requestAnimationFrame(follow);
  }

  on(button, "click", toggle);
  on(wave, "keydown", (event) => {
    const action = {
      ArrowRight: () => seek(audio.currentTime + ARROW_S),
      ArrowUp: () => seek(audio.currentTime + ARROW_S),
      ArrowLeft: () => seek(audio.currentTime - ARROW_S),
      ArrowDown: () => seek(audio.currentTime - ARROW_S),
      PageUp: () => seek(audio.currentTime + PAGE_S),
      PageDown: () => seek(audio.currentTime - PAGE_S),
      Home: () => seek(0),
      End: () => seek(clip.length_s),
      " ": toggle,
    }[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault(); // the page must not scroll as well
    action();
  });
  on(wave, "pointerdown", (event) => {
    if (event.button) return;
    wave.setPointerCapture(event.pointerId);
    // A finger may only be about to scroll: it seeks when it moves sideways or lifts.
    if (event.pointerType !== "touch") seekToPointer(event);
  });
  for (const name of ["pointermove", "pointerup"])
    on(wave, name, (event) => wave.hasPointerCapture(event.pointerId) && seekToPointer(event));

  for (const name of ["play", "timeupdate", "seeked", "ended"]) on(audio, name, follow);
  on(audio, "pause", () => {
    follow();
    renew();
  });
  on(audio, "loadedmetadata", () => (trouble.textContent = ""));
  on(audio, "error", () => {
    if (stale()) {
      const sounding = !audio.paused;
      load(audio.currentTime);
      if (sounding) play();
      return;
    }
    audio.pause();
    trouble.textContent = "Reload the page to play this";
  });
  // "play" events do not bubble, but are seen on their way down: every other player's as well.
  on(document, "play", (event) => event.target !== audio && audio.pause(), { capture: true });

  const resizing = new ResizeObserver(drawBars);
  resizing.observe(wave);
  // The browser stops a sound that has left the page, but not before an observer is told. It
  // waits in the page's body for its next player, which may be a moment away.
  const tearing = new MutationObserver(() => {
    if (audio.isConnected || !root.classList.contains("playing")) return;
    document.body.append(audio);
    if (audio.paused) audio.play(); // for a browser that was quicker
    setTimeout(() => audio.parentElement === document.body && forget(), PARKED_MS);
  });
  tearing.observe(document.body, { childList: true, subtree: true });

  const player = { show, give };
  players.set(data.key, player);
  return player;
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

// 7.4 -> "0:07", 3723 -> "1:02:03"
function minutes(length_s) {
  const whole = Math.floor(length_s);
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((n) => String(n).padStart(2, "0"));
  const hours = Math.floor(whole / 3600);
  return hours ? `${hours}:${parts.join(":")}` : `${Number(parts[0])}:${parts[1]}`;
}
