// Present: voices as big tiles over the whole screen. Behind waveform.js. Python hands over
// {key, title, cards: [{id, name, about, text, address, length_s, peaks, gain_db}]}; all sounds
// are fetched when it opens, so that nothing that happens elsewhere can stop the showing.

const shows = new WeakMap(); // Streamlit's element -> its show
const TYPED_MS = 600; // "1" and "2" within this are voice 12

export default function ({ data, parentElement }) {
  if (!shows.has(parentElement)) shows.set(parentElement, new Show(parentElement));
  const show = shows.get(parentElement);
  const call = (show.calls = (show.calls ?? 0) + 1);
  show.data = data;
  return () => {
    if (call !== show.calls) return;
    shows.delete(parentElement);
    show.close();
    show.root.remove();
  };
}

// make("p", { class: "about" }, "words", child…): text is always text.
function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  made.append(...children);
  return made;
}

class Show {
  constructor(parent) {
    this.dialog = make("dialog", { onclose: () => this.close(), onkeydown: (event) => this.pressed(event) });
    this.root = make("div", { class: "soundcheck-present" },
      make("button", { type: "button", class: "open", onclick: () => this.open() }, "Present"), this.dialog);
    parent.append(this.root);
    this.players = [];
    this.addresses = [];
  }

  open() {
    const { title, cards } = this.data;
    this.text = make("p", { class: "script", dir: "auto", hidden: "" }, cards[0].text);
    this.words = make("button", { type: "button", "aria-pressed": "false", onclick: () => this.showText() }, "Text (T)");
    this.loading = make("span", { class: "loading", role: "status" });
    this.tiles = make("div", { class: "tiles" });
    this.dialog.replaceChildren(
      make("header", {},
        make("h2", { dir: "auto" }, title), this.loading,
        make("button", { type: "button", onclick: () => this.step(-1) }, "Previous (←)"),
        make("button", { type: "button", onclick: () => this.step(1) }, "Next (→)"),
        this.words,
        make("button", { type: "button", onclick: () => this.dialog.close() }, "Close (Esc)")),
      this.text, this.tiles);
    this.dialog.setAttribute("aria-label", `Present ${title}`);
    this.at = -1;
    this.typed = "";
    this.dialog.showModal();
    this.dialog.requestFullscreen?.().catch(() => {}); // a phone may refuse: it fills the page then
    this.build();
  }

  async build() {
    const cards = this.data.cards;
    const turn = (this.turn = {});
    let ready = 0;
    cards.forEach((card, place) => {
      const slot = make("div");
      this.tiles.append(make("section", { "aria-label": card.name },
        make("kbd", { "aria-hidden": "true" }, String(place + 1)),
        make("h3", { dir: "auto" }, card.name), make("p", { class: "about" }, card.about), slot));
      this.players[place] = new Player(slot, `${this.data.key}_${card.id}`);
    });
    const tell = () => {
      this.loading.textContent = ready < cards.length ? `Loading ${ready} of ${cards.length}` : "";
    };
    tell();
    await Promise.all(cards.map(async (card, place) => {
      const address = await this.fetched(card.address);
      if (turn !== this.turn) return address.startsWith("blob:") && URL.revokeObjectURL(address);
      this.addresses.push(address);
      this.players[place].show({ ...card, key: `${this.data.key}_${card.id}`, address });
      ready += 1;
      tell();
    }));
  }

  // The sound itself, held by this page; or its address where it cannot be fetched.
  async fetched(address) {
    try {
      const answer = await fetch(address);
      return answer.ok ? URL.createObjectURL(await answer.blob()) : address;
    } catch {
      return address;
    }
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[0-9]$/.test(event.key)) this.number(event.key);
    else if (event.target.closest("[role=slider]") && event.key !== "t") return;
    else if (event.key === "ArrowRight" || event.key === "PageDown") this.step(1);
    else if (event.key === "ArrowLeft" || event.key === "PageUp") this.step(-1);
    else if (event.key === " " && !event.target.closest("button")) this.players[this.at]?.toggle();
    else if (event.key.toLowerCase() === "t") this.showText();
    else return;
    event.preventDefault();
  }

  number(digit) {
    const now = performance.now();
    this.typed = now - this.typedAt < TYPED_MS ? this.typed + digit : digit;
    this.typedAt = now;
    for (const digits of [this.typed, digit]) {
      const place = (digits === "0" ? 10 : Number(digits)) - 1;
      if (this.players[place]) return this.play(place);
    }
  }

  step(by) {
    const last = this.players.length - 1;
    this.play(Math.min(Math.max(this.at + by, 0), last));
  }

  play(place) {
    this.at = place;
    this.text.textContent = this.data.cards[place].text;
    [...this.tiles.children].forEach((tile, each) => tile.classList.toggle("now", each === place));
    this.tiles.children[place].scrollIntoView({ block: "nearest" });
    const player = this.players[place];
    player.seek(0);
    player.play();
  }

  showText() {
    this.text.hidden = !this.text.hidden;
    this.words.setAttribute("aria-pressed", String(!this.text.hidden));
  }

  close() {
    this.turn = undefined;
    for (const player of this.players) {
      player.audio.pause();
      player.leave();
    }
    for (const address of this.addresses) if (address.startsWith("blob:")) URL.revokeObjectURL(address);
    this.players = [];
    this.addresses = [];
    if (document.fullscreenElement === this.dialog) document.exitFullscreen();
    if (this.dialog.open) this.dialog.close();
    this.dialog.replaceChildren();
  }
}
