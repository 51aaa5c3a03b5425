/** Local `09:05`. */
export function timeOfDay(atMs: number): string {
  const at = new Date(atMs);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Local `09:05:31`. */
export function timeOfDayWithSeconds(atMs: number): string {
  return `${timeOfDay(atMs)}:${two(new Date(atMs).getSeconds())}`;
}

/** Local `2026-11-21`. */
export function localDate(atMs: number): string {
  const at = new Date(atMs);
  return `${String(at.getFullYear()).padStart(4, "0")}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Local `Sat 21 Nov`: how a person names a day of this year. */
export function dayName(atMs: number): string {
  const at = new Date(atMs);
  const weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][at.getDay()] ?? "";
  const month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[at.getMonth()] ?? "";
  return `${weekday} ${two(at.getDate())} ${month}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
