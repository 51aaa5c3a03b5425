/** Node's client writes these itself; by another's hand they could make one request look like two. */
const OURS: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Whether this can be sent as a header: a name that is the caller's to write, a value without line ends. */
export function isHeader(name: string, value: string): boolean {
  return NAME.test(name) && VALUE.test(value) && !OURS.has(name.toLowerCase());
}
