// What a plugin may ask of the collector; every request is checked against these.
import { z } from "zod";
import type { Risk } from "./capability.ts";

export const Permission = z.enum([
  "read-messaging",
  "write-messaging",
  "manage-agents",
  "read-config",
  "write-config",
  "read-system-info",
  "write-logs",
  "execute-commands",
  "read-data",
  "write-data",
  "manage-database",
]);
export type Permission = z.infer<typeof Permission>;

/** Requests a permission guards, and the harm it could do. */
export interface PermissionFacts {
  readonly risk: Risk;
  readonly guards: readonly string[];
}

export const PERMISSIONS: Readonly<Record<Permission, PermissionFacts>> = {
  "read-messaging": { risk: "low", guards: ["event.subscribe", "message.receive"] },
  "write-messaging": { risk: "low", guards: ["message.send", "event.publish"] },
  "manage-agents": { risk: "high", guards: ["agents.control"] },
  /** Of other plugins: a plugin's own settings need none. */
  "read-config": { risk: "medium", guards: ["config.get"] },
  "write-config": { risk: "high", guards: ["config.set"] },
  "read-system-info": { risk: "low", guards: ["agents.list"] },
  /** Under another label: an agent's own log needs none. */
  "write-logs": { risk: "medium", guards: ["log.write"] },
  "execute-commands": { risk: "high", guards: ["plugin.invoke"] },
  "read-data": { risk: "medium", guards: ["evidence.query", "data.get"] },
  "write-data": { risk: "medium", guards: ["data.put"] },
  "manage-database": { risk: "high", guards: ["store.query"] },
};
