// Times as people read them on this machine's clock.

/** `14:03`; with its day, `21 Nov 14:03`, when that is not the day of `nowMs`. */
export function clockTime(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const time = `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
  if (at.toDateString() === new Date(nowMs).toDateString()) return time;
  const [, month = "", day = ""] = at.toDateString().split(" ");
  return `${Number(day)} ${month} ${time}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
