// Time spans of both standards, added exactly: the browser's half of player/runtime/timespan.py.
import { compile } from "./model.js";

/** Returns the sum of spans as a standard writes it; a span that is missing counts as zero. */
export function sum(table, standard, ...texts) {
  const read = standard === "1.2" ? read12 : read2004;
  const total = { months: 0n, hundredths: 0n };
  for (const text of texts.filter(Boolean)) {
    const { months, hundredths } = read(table, text);
    total.months += months;
    total.hundredths += hundredths;
  }
  return standard === "1.2" ? write12(total) : write2004(total);
}

const number = (digits) => BigInt(digits ?? 0);

function inHundredths({ seconds: size }, [days, hours, minutes, seconds], fraction) {
  const whole = number(days) * BigInt(size.D) + number(hours) * BigInt(size.H) + number(minutes) * BigInt(size.m) + number(seconds);
  return whole * 100n + number((fraction ?? "0").padEnd(2, "0"));
}

function read2004(table, text) {
  const found = compile(table).types.duration.pattern.exec(text);
  const [years, months, days, hours, minutes, seconds] = [2, 4, 6, 9, 11, 13].map((at) => found[at]);
  return {
    months: 12n * number(years) + number(months),
    hundredths: inHundredths(table, [days, hours, minutes, seconds], found[15]),
  };
}

function read12(table, text) {
  const found = compile(table).types["12_timespan"].pattern.exec(text);
  return { months: 0n, hundredths: inHundredths(table, [0, found[1], found[2], found[3]], found[5]) };
}

function clock(hundredths) {
  const seconds = hundredths / 100n;
  return [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n, hundredths % 100n];
}

const two = (value) => String(value).padStart(2, "0");
const parts = (...pairs) => pairs.filter(([value]) => value).map(([value, letter]) => `${value}${letter}`).join("");

function write2004({ months, hundredths }) {
  const [hours, minutes, seconds, rest] = clock(hundredths);
  const date = parts([months / 12n, "Y"], [months % 12n, "M"]);
  let time = parts([hours, "H"], [minutes, "M"]);
  if (seconds || rest || !(date || time)) time += `${seconds}${rest ? `.${two(rest)}` : ""}S`;
  return time ? `P${date}T${time}` : `P${date}`;
}

function write12({ hundredths }) {
  const [hours, minutes, seconds, rest] = clock(hundredths);
  if (hours > 9999n) return "9999:59:59.99";
  return `${String(hours).padStart(4, "0")}:${two(minutes)}:${two(seconds)}.${two(rest)}`;
}
