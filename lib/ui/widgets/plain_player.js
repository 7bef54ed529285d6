// For who prefers the browser's own controls.
class PlainPlayer {
  constructor(slot) {
    this.audio = slot.appendChild(element("audio", { controls: true, preload: "metadata" }));
    this.others = (event) => event.target !== this.audio && this.audio.pause();
    document.addEventListener("play", this.others, { capture: true });
  }

  show({ address, name }) {
    this.audio.setAttribute("aria-label", name);
    if (this.audio.getAttribute("src")?.split("?")[0] !== address.split("?")[0]) this.audio.src = address;
  }

  toggle() {
    if (this.audio.paused) this.audio.play().catch(() => {});
    else this.audio.pause();
  }

  leave() {
    document.removeEventListener("play", this.others, { capture: true });
    this.audio.remove();
  }
}
