const MINUTE_S = 60;
const HOUR_S = 3_600;

/** `4 h 05 min`, `12 min`, `40 s`: as exact as one wants to read it. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < MINUTE_S) return `${whole} s`;
  if (whole < HOUR_S) return `${Math.floor(whole / MINUTE_S)} min`;
  const minutes = Math.floor((whole % HOUR_S) / MINUTE_S);
  return `${Math.floor(whole / HOUR_S)} h ${String(minutes).padStart(2, "0")} min`;
}

/** The same as a machine reads it in `<time datetime>`. */
export function durationCode(seconds: number): string {
  return `PT${Math.max(0, Math.round(seconds))}S`;
}

/** `just now`, `12 s ago`, `3 min ago`, `in 5 min`. */
export function agoText(atMs: number, nowMs: number): string {
  const seconds = (nowMs - atMs) / 1000;
  if (Math.abs(seconds) < 2) return "just now";
  const size = Math.abs(seconds);
  const text = size >= 48 * HOUR_S ? `${Math.floor(size / (24 * HOUR_S))} days` : durationText(size);
  return seconds > 0 ? `${text} ago` : `in ${text}`;
}
