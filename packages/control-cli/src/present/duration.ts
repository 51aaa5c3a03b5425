/** A length of time for people: `45 s`, `12 min`, `3 h 05 min`, `2 d 4 h`. Never negative. */
export function duration(lengthMs: number): string {
  const seconds = Math.max(0, Math.round(lengthMs / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${two(minutes % 60)} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** How long ago, short: `3 s ago`; `–` when it never happened. */
export function ago(atMs: number | null, nowMs: number): string {
  return atMs === null ? "–" : `${duration(nowMs - atMs)} ago`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
