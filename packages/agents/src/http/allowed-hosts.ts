// Which hosts may be spoken to: a list of `host` or `host:port`, nothing by default.

const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/** A list of hosts, and what in it cannot be one. */
export interface HostReading {
  readonly hosts: AllowedHosts;
  /** A sentence about each entry that is no host. */
  readonly problems: readonly string[];
}

/** The hosts that requests may go to. */
export class AllowedHosts {
  /** Host, and its only port; null: any. */
  readonly #entries: readonly { readonly host: string; readonly port: string | null }[];

  constructor(entries: readonly { readonly host: string; readonly port: string | null }[]) {
    this.#entries = entries;
  }

  /** Whether a request may go there: the very host, by the name a URL gives it, and its port where one is named. */
  allows({ hostname, port, protocol }: URL): boolean {
    const asked = withoutDot(hostname);
    const actual = port === "" ? DEFAULT_PORTS[protocol] : port;
    return this.#entries.some(({ host, port: only }) => host === asked && (only === null || only === actual));
  }
}

/** Reads `["api.example.org", "localhost:8080", "[::1]"]`. Names go through the URL parser, so that one written with capitals or
 *  in another script is the one that a URL will lead to. */
export function readAllowedHosts(list: readonly string[]): HostReading {
  const entries: { host: string; port: string | null }[] = [];
  const problems: string[] = [];
  for (const written of list) {
    const entry = readHost(written);
    if (entry === null) problems.push(`allowed_hosts: ${JSON.stringify(written)} is no host or host:port`);
    else entries.push(entry);
  }
  return { hosts: new AllowedHosts(entries), problems };
}

function readHost(written: string): { host: string; port: string | null } | null {
  // What else a URL may hold has no place here, and a parser would take it out without a word.
  const parts = /^(\[[0-9A-Fa-f:.]+\]|[^\s/\\?#@:[\]*]+)(?::(\d{1,5}))?$/.exec(written);
  const [, name = "", port] = parts ?? [];
  if (parts === null || Number(port ?? 1) > 65_535 || Number(port ?? 1) === 0) return null;
  // A scheme with a port of its own would lose it; this one has 80, which is written out again.
  const url = URL.canParse(`http://${name}`) ? new URL(`http://${name}`) : null;
  return url === null
    ? null
    : { host: withoutDot(url.hostname), port: port === undefined ? null : String(Number(port)) };
}

/** A name with the root's dot is the same host. */
function withoutDot(host: string): string {
  return host.length > 1 && host.endsWith(".") ? host.slice(0, -1) : host;
}
