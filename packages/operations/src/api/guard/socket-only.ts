import type { Caller } from "../login/access.ts";
import { Refusal } from "./refusal.ts";

const THE_SOCKET = "the control socket (`control/address.json` of the data directory says where it is)";

/** What is never done over TCP, whatever the token; `cli` is the line that does it. */
export function socketOnly(what: string, cli?: string): Refusal {
  return new Refusal({
    code: "socket-only",
    detail: `${what} is not done over TCP, whatever the token`,
    hint: cli === undefined ? `ask over ${THE_SOCKET}` : `\`${cli}\` does it, or ask over ${THE_SOCKET}`,
    reason: what,
  });
}

/** Refuses over TCP a body that has one of these members, and names it. */
export function refuseOverTcp(
  { transport }: Pick<Caller, "transport">,
  body: Readonly<Record<string, unknown>>,
  members: readonly string[],
  cli?: string,
): void {
  if (transport === "socket") return;
  const found = members.find((member) => Object.hasOwn(body, member));
  if (found !== undefined) throw socketOnly(found, cli);
}
