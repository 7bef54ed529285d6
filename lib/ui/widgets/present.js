// Present: voices as big tiles over the whole screen. Behind waveform.js and shared.js. Python hands
// over {key, title, cards: [{id, name, about, text, address, length_s, peaks, gain_db}]}; all sounds
// are fetched when it opens, so that nothing that happens elsewhere can stop the showing.

export default mounting(({ parentElement }) => new Show(parentElement));

class Show {
  constructor(parent) {
    this.dialog = element("dialog", { onclose: () => this.close(), onkeydown: (event) => this.pressed(event) });
    this.root = element("div", { class: "soundcheck-present" },
      element("button", { type: "button", class: "open", onclick: () => this.open() }, "Present"), this.dialog);
    parent.append(this.root);
    this.players = [];
    this.addresses = [];
  }

  show(data) {
    this.data = data;
  }

  leave() {
    this.close();
    this.root.remove();
  }

  open() {
    const { title, cards } = this.data;
    this.text = element("p", { class: "script", dir: "auto", hidden: "" }, cards[0].text);
    this.words = element("button", { type: "button", "aria-pressed": "false", onclick: () => this.showText() }, "Text (T)");
    this.loading = element("span", { class: "loading", role: "status" });
    this.tiles = element("div", { class: "tiles" });
    this.dialog.replaceChildren(
      element("header", {},
        element("h2", { dir: "auto" }, title), this.loading,
        element("button", { type: "button", onclick: () => this.step(-1) }, "Previous (←)"),
        element("button", { type: "button", onclick: () => this.step(1) }, "Next (→)"),
        this.words,
        element("button", { type: "button", onclick: () => this.dialog.close() }, "Close (Esc)")),
      this.text, this.tiles);
    this.dialog.setAttribute("aria-label", `Present ${title}`);
    this.at = -1;
    this.keys = new NumberKeys();
    this.dialog.showModal();
    this.dialog.requestFullscreen?.().catch(() => {}); // a phone may refuse: it fills the page then
    this.build();
  }

  async build() {
    const cards = this.data.cards;
    const turn = (this.turn = {});
    let ready = 0;
    cards.forEach((card, place) => {
      const slot = element("div");
      this.tiles.append(element("section", { "aria-label": card.name },
        element("kbd", { "aria-hidden": "true" }, String(place + 1)),
        element("h3", { dir: "auto" }, card.name), element("p", { class: "about" }, card.about), slot));
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
    const place = this.keys.places(event.key).find((each) => this.players[each]);
    if (place !== undefined) this.play(place);
    else if (event.target.closest("[role=slider]") && event.key !== "t") return;
    else if (event.key === "ArrowRight" || event.key === "PageDown") this.step(1);
    else if (event.key === "ArrowLeft" || event.key === "PageUp") this.step(-1);
    else if (event.key === " " && !event.target.closest("button")) this.players[this.at]?.toggle();
    else if (event.key.toLowerCase() === "t") this.showText();
    else return;
    event.preventDefault();
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
