// Numbers as people write them: as lib/money.py, for what is counted on while it is looked at.

const counted = (number, thing) =>
  `${number.toLocaleString("en-US")} ${thing}${number === 1 ? "" : "s"}`;

// As Python rounds: halves to the even number.
function rounded(number) {
  const whole = Math.floor(number);
  if (number - whole !== 0.5) return Math.round(number);
  return whole % 2 ? whole + 1 : whole;
}

function span(seconds) {
  if (seconds < 59.5) return counted(Math.max(1, rounded(seconds)), "second");
  const minutes = rounded(seconds / 60);
  if (minutes < 60) return counted(minutes, "minute");
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return counted(hours, "hour") + (rest ? ` ${counted(rest, "minute")}` : "");
}

function dollars(usd) {
  if (usd > 0 && usd < 0.0005) return "under $0.001";
  const thousandths = Math.round(usd * 1000 + 1e-9);
  if (thousandths < 1000 && thousandths % 10) return `$${(thousandths / 1000).toFixed(3)}`;
  const cents = Math.round(usd * 100 + 1e-9) / 100;
  return `$${cents.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

// {base_usd, exact}: what was spent before, and whether every figure in it is the service's own.
function costWords({ base_usd, exact }, usd) {
  if (base_usd === null || usd === null) return "Spent so far price not known · ";
  const sum = base_usd + usd;
  if (!sum) return "";
  const words = dollars(sum);
  return `Spent so far ${exact || words.startsWith("under") ? "" : "about "}${words} · `;
}

// "{done} of 22 parts{left}" with the numbers of now.
function filled(words, { left_s, age_s, cost, usd, ...counts }) {
  const values = {
    left: left_s === null || left_s === undefined ? "" : `, about ${span(left_s)} left`,
    age: span(age_s),
    cost: cost ? costWords(cost, usd) : "",
  };
  return words.replace(/\{(\w+)\}/g, (_, name) =>
    values[name] ?? (counts[name] ?? 0).toLocaleString("en-US"));
}

// Nothing is touched that stays as it is: a screen reader would say it again.
function setText(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
