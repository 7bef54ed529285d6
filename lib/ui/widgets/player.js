// One player in a place of its own on the page. Behind waveform.js and shared.js.

export default mounting(({ data, parentElement }) => new Player(parentElement, data.key));
