import type { Scope } from "@mimolo/protocol";

/** The owner-only socket, or a port of this machine's loopback address. */
export type Transport = "socket" | "tcp";

/** Who asks, and what they may do. */
export interface Caller {
  readonly transport: Transport;
  /** Over the socket always `admin`. */
  readonly scope: Scope;
  /** As the audit log names it. */
  readonly by: "cli" | "api";
  /** Digest of the token that was shown: tells callers apart, and is good for nothing else. Absent over the socket. */
  readonly holder?: string;
}

/** What a route asks of its caller. */
export interface Access {
  /** The least a token must be good for. `open`: it asks for none. */
  readonly scope: Scope | "open";
  /** Never over TCP, whatever the token. */
  readonly only?: "socket";
  /** The line in a terminal that does the same, for whoever is sent away by `only`. */
  readonly cli?: string;
  /** Bodies are JSON, unless this says that a package may come as `application/octet-stream` too. */
  readonly takes?: "package";
}

const order: readonly Scope[] = ["read", "control", "admin"];

export function covers(held: Scope, wanted: Scope): boolean {
  return order.indexOf(held) >= order.indexOf(wanted);
}
