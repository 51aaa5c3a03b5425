// The collector's answers to a plugin's requests: by its permissions, and with as little behind them as will do.
import type { PluginAuthorFile } from "@mimolo/protocol";
import type { RequestMessage } from "@mimolo/protocol/wire";

/** Methods that a held permission alone answers: nobody else is there who could be asked. */
const GRANTED = ["event.publish", "event.subscribe", "message.receive", "log.write"];

/** The permission that a request takes; `null` for one that takes none, `undefined` for an unknown method. */
export async function permissionFor({ method, params = {} }: RequestMessage): Promise<string | null | undefined> {
  const { PERMISSIONS } = await import("@mimolo/protocol");
  if (method === "artifact.token") return null;
  if (method === "config.get" && params["plugin"] === undefined) return null;
  const [name] = Object.entries(PERMISSIONS).find(([, { guards }]) => guards.includes(method)) ?? [];
  return name;
}

export async function respondTo(
  { id, permissions }: PluginAuthorFile["plugin"],
  config: object,
): Promise<(request: RequestMessage) => object> {
  const { PERMISSIONS } = await import("@mimolo/protocol");
  const kept = new Map<unknown, unknown>();
  const held = new Set<string>(permissions.flatMap((name) => PERMISSIONS[name].guards));
  return ({ method, params = {} }) => {
    if (method === "config.get" && params["plugin"] === undefined) {
      return { ok: true, data: { plugin_id: id, values: config } };
    }
    const isKnown = Object.values(PERMISSIONS).some(({ guards }) => guards.includes(method));
    if (!isKnown && method !== "artifact.token") return refused("unknown-method", `nobody answers ${method}`);
    if (isKnown && !held.has(method)) return refused("permission-denied", `${method} is not permitted`);
    if (GRANTED.includes(method)) return { ok: true, data: null };
    const { key = "" } = params;
    if (method === "data.get") return { ok: true, data: { key, value: kept.get(key) ?? null } };
    if (method === "data.put") {
      kept.set(key, params["value"]);
      return { ok: true, data: { key } };
    }
    if (method === "evidence.query") return { ok: true, data: { items: [], next_cursor: null } };
    return refused("not-available", `${method} has nobody to ask in a test`);
  };
}

function refused(code: string, message: string): object {
  return { ok: false, error: { code, message } };
}
