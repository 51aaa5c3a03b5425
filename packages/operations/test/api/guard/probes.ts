// Heads of requests that a guard refuses, written by hand.
/** What a request says; `PORT` and `TOKEN` stand for what is right. */
export interface Probe {
  readonly method?: string;
  readonly path?: string;
  /** Each a header of its own. */
  readonly hosts?: readonly string[];
  readonly bearer?: string | null;
  readonly more?: readonly string[];
  readonly body?: string;
}

export type Expected = [
  what: string,
  probe: Probe,
  status: number,
  code: string,
  /** Absent: it has none. */
  reason?: string,
];

export interface Right {
  readonly port: number;
  readonly token: string;
}

/** The request as it goes over the wire; whatever the probe leaves out is right. */
export function textOf(
  { method = "GET", path = "/api/v1/status", hosts, bearer: shown, more = [], body = "" }: Probe,
  { port, token }: Right,
): string {
  const right = (said: string) => said.replaceAll("PORT", String(port)).replaceAll("TOKEN", token);
  const lines = [
    `${method} ${right(path)} HTTP/1.1`,
    ...(hosts ?? [`127.0.0.1:${port}`]).map((host) => `Host: ${right(host)}`),
    ...(shown === null ? [] : [`Authorization: Bearer ${shown ?? token}`]),
    ...more.map((line) => right(line)),
    ...(body === "" ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
  ];
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}

export const EXPIRED = "e".repeat(43);

/** Where it comes from, whom it is for and what token it shows: refused on a request as on an upgrade. A `path` goes behind the
 *  route's. */
export const fronts: readonly Expected[] = [
  ["a foreign Host", { hosts: ["evil.example"] }, 421, "misdirected", "host"],
  ["a foreign Host with our port", { hosts: ["evil.example:PORT"] }, 421, "misdirected", "host"],
  ["a Host that only begins as ours", { hosts: ["127.0.0.1:PORT.evil.example"] }, 421, "misdirected", "host"],
  ["a Host that ends as ours", { hosts: ["evil.127.0.0.1:PORT"] }, 421, "misdirected", "host"],
  ["a Host with a user", { hosts: ["127.0.0.1:PORT@evil.example"] }, 421, "misdirected", "host"],
  ["a Host behind a user", { hosts: ["evil@127.0.0.1:PORT"] }, 421, "misdirected", "host"],
  ["a Host with a trailing dot", { hosts: ["localhost.:PORT"] }, 421, "misdirected", "host"],
  ["an address with a trailing dot", { hosts: ["127.0.0.1.:PORT"] }, 421, "misdirected", "host"],
  ["a decimal Host", { hosts: ["2130706433:PORT"] }, 421, "misdirected", "host"],
  ["a hexadecimal Host", { hosts: ["0x7f000001:PORT"] }, 421, "misdirected", "host"],
  ["a short Host", { hosts: ["127.1:PORT"] }, 421, "misdirected", "host"],
  ["0.0.0.0", { hosts: ["0.0.0.0:PORT"] }, 421, "misdirected", "host"],
  ["the other loopback, where nothing listens", { hosts: ["[::1]:PORT"] }, 421, "misdirected", "host"],
  ["a mapped address", { hosts: ["[::ffff:127.0.0.1]:PORT"] }, 421, "misdirected", "host"],
  ["another port", { hosts: ["127.0.0.1:1"] }, 421, "misdirected", "host"],
  ["no port", { hosts: ["127.0.0.1"] }, 421, "misdirected", "host"],
  ["a port with a nought before it", { hosts: ["127.0.0.1:0PORT"] }, 421, "misdirected", "host"],
  ["two Hosts that are ours", { hosts: ["127.0.0.1:PORT", "127.0.0.1:PORT"] }, 421, "misdirected", "duplicate-host"],
  ["ours and a foreign Host", { hosts: ["127.0.0.1:PORT", "evil.example"] }, 421, "misdirected", "duplicate-host"],
  ["no Host", { hosts: [] }, 421, "misdirected", "host"],
  ["an empty Host", { hosts: [""] }, 421, "misdirected", "host"],
  ["a cross Origin", { more: ["Origin: https://evil.example"] }, 403, "forbidden", "origin"],
  ["a null Origin", { more: ["Origin: null"] }, 403, "forbidden", "origin"],
  ["another local port's Origin", { more: ["Origin: http://127.0.0.1:1"] }, 403, "forbidden", "origin"],
  ["an Origin without our port", { more: ["Origin: http://127.0.0.1"] }, 403, "forbidden", "origin"],
  ["our Origin over TLS", { more: ["Origin: https://127.0.0.1:PORT"] }, 403, "forbidden", "origin"],
  ["our Origin as a prefix", { more: ["Origin: http://127.0.0.1:PORT.evil.example"] }, 403, "forbidden", "origin"],
  ["our Origin with a path", { more: ["Origin: http://127.0.0.1:PORT/"] }, 403, "forbidden", "origin"],
  ["an empty Origin", { more: ["Origin: "] }, 403, "forbidden", "origin"],
  ["two Origins", { more: ["Origin: http://127.0.0.1:PORT", "Origin: null"] }, 403, "forbidden", "origin"],
  ["cross-site metadata", { more: ["Sec-Fetch-Site: cross-site"] }, 403, "forbidden", "fetch-metadata"],
  ["same-site metadata", { more: ["Sec-Fetch-Site: same-site"] }, 403, "forbidden", "fetch-metadata"],
  ["unheard-of metadata", { more: ["Sec-Fetch-Site: "] }, 403, "forbidden", "fetch-metadata"],
  [
    "twofold metadata",
    { more: ["Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site"] },
    403,
    "forbidden",
    "fetch-metadata",
  ],
  ["a bad token", { bearer: "x".repeat(43) }, 401, "unauthorized", "bad-token"],
  ["an expired token", { bearer: EXPIRED }, 401, "unauthorized", "expired-token"],
  ["a token in the query", { path: "?token=TOKEN", bearer: null }, 401, "unauthorized", "token-in-query"],
  ["a token in both places", { path: "?access_token=x" }, 401, "unauthorized", "token-in-query"],
  ["two tokens", { more: ["Authorization: Bearer TOKEN"] }, 401, "unauthorized", "bad-token"],
  ["another scheme", { bearer: null, more: ["Authorization: Basic TOKEN"] }, 401, "unauthorized", "bad-token"],
];

export const upgrade = [
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];

export const json = ["Content-Type: application/json"];
/** Everything else that is refused by itself. */
export const others: readonly Expected[] = [
  ["no token", { bearer: null }, 401, "unauthorized", "missing-token"],
  ["an empty token", { bearer: "" }, 401, "unauthorized", "bad-token"],
  [
    "no token on a path that is not there",
    { path: "/api/v1/nowhere", bearer: null },
    401,
    "unauthorized",
    "missing-token",
  ],
  ["no token for the figures", { path: "/api/v1/metrics", bearer: null }, 401, "unauthorized", "missing-token"],
  [
    "a simple POST",
    { method: "POST", path: "/api/v1/verify", more: ["Content-Type: text/plain"], body: "{}" },
    415,
    "unsupported-media-type",
  ],
  [
    "a form",
    {
      method: "POST",
      path: "/api/v1/shutdown",
      more: ["Content-Type: application/x-www-form-urlencoded"],
      body: "a=b",
    },
    415,
    "unsupported-media-type",
  ],
  [
    "parts",
    {
      method: "POST",
      path: "/api/v1/shutdown",
      more: ["Content-Type: multipart/form-data; boundary=x"],
      body: "--x--",
    },
    415,
    "unsupported-media-type",
  ],
  ["a body of no type", { method: "POST", path: "/api/v1/shutdown", body: "{}" }, 415, "unsupported-media-type"],
  [
    "a simple type without a body",
    { method: "POST", path: "/api/v1/shutdown", more: ["Content-Type: text/plain"] },
    415,
    "unsupported-media-type",
  ],
  [
    "a type that only begins as JSON",
    { method: "POST", path: "/api/v1/shutdown", more: ["Content-Type: application/jsonp"], body: "{}" },
    415,
    "unsupported-media-type",
  ],
  [
    "two types",
    { method: "POST", path: "/api/v1/shutdown", more: [...json, "Content-Type: text/plain"], body: "{}" },
    415,
    "unsupported-media-type",
  ],
  [
    "packed JSON",
    { method: "POST", path: "/api/v1/shutdown", more: [...json, "Content-Encoding: gzip"], body: "{}" },
    415,
    "unsupported-media-type",
  ],
  [
    "a package where none belongs",
    { method: "POST", path: "/api/v1/shutdown", more: ["Content-Type: application/octet-stream"], body: "PK" },
    415,
    "unsupported-media-type",
  ],
  [
    "a preflight",
    { method: "OPTIONS", bearer: null, more: ["Origin: http://127.0.0.1:1", "Access-Control-Request-Method: POST"] },
    403,
    "forbidden",
    "origin",
  ],
  ["a question about methods", { method: "OPTIONS" }, 405, "method-not-allowed"],
  ["a trace", { method: "TRACE" }, 405, "method-not-allowed"],
  ["a path of a proxy", { path: "http://evil.example/api/v1/status" }, 400, "bad-request", "target"],
  ["a path of another host", { path: "//evil.example/api/v1/status" }, 400, "bad-request", "target"],
  ["a path above", { path: "/api/v1/../../etc/passwd" }, 404, "not-found", "path"],
  ["a path that cannot be read", { path: "/api/v1/%E0%A4%A" }, 400, "bad-request"],
  [
    "an oversized body",
    { method: "POST", path: "/api/v1/verify", more: json, body: `"${"x".repeat(70_000)}"` },
    413,
    "body-too-large",
  ],
  ["an oversized head", { more: [`X: ${"x".repeat(20_000)}`] }, 431, "header-too-large"],
  [
    "a head of many small lines",
    { more: Array.from({ length: 3_000 }, (_, n) => `X${n}: y`) },
    431,
    "header-too-large",
  ],
  [
    "a key from afar",
    { method: "POST", path: "/api/v1/keys", more: json, body: "{}" },
    403,
    "socket-only",
    "POST /api/v1/keys",
  ],
  [
    "a login code from afar",
    { method: "POST", path: "/api/v1/login/code", more: json, body: "{}" },
    403,
    "socket-only",
    "POST /api/v1/login/code",
  ],
  [
    "consent from afar",
    { method: "POST", path: "/api/v1/allow", more: json, body: '{"path":"/bin/sh"}' },
    403,
    "socket-only",
    "POST /api/v1/allow",
  ],
  ["an upgrade elsewhere", { path: "/api/v1/status", more: upgrade }, 400, "bad-request"],
  [
    "an upgrade to something else",
    { path: "/api/v1/events", more: ["Connection: Upgrade", "Upgrade: h2c"] },
    400,
    "bad-request",
  ],
];
