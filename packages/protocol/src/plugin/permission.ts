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
  /** One sentence for the approval dialog. */
  readonly description: string;
}

export const PERMISSIONS: Readonly<Record<Permission, PermissionFacts>> = {
  "read-messaging": {
    risk: "low",
    guards: ["event.subscribe", "message.receive"],
    description: "Hears what other plugins publish.",
  },
  "write-messaging": {
    risk: "low",
    guards: ["message.send", "event.publish"],
    description: "Sends messages to other plugins.",
  },
  "manage-agents": { risk: "high", guards: ["agents.control"], description: "Starts and stops agents." },
  /** Of other plugins: a plugin's own settings need none. */
  "read-config": { risk: "medium", guards: ["config.get"], description: "Reads the settings of other plugins." },
  "write-config": { risk: "high", guards: ["config.set"], description: "Changes the settings of other plugins." },
  "read-system-info": { risk: "low", guards: ["agents.list"], description: "Sees which agents run, and how they do." },
  /** Under another label: an agent's own log needs none. */
  "write-logs": { risk: "medium", guards: ["log.write"], description: "Writes log lines under other names." },
  "execute-commands": { risk: "high", guards: ["plugin.invoke"], description: "Lets other plugins work for it." },
  "read-data": {
    risk: "medium",
    guards: ["evidence.query", "data.get"],
    description: "Reads your evidence, and what plugins have kept.",
  },
  "write-data": { risk: "medium", guards: ["data.put"], description: "Keeps data where other plugins can read it." },
  "manage-database": { risk: "high", guards: ["store.query"], description: "Queries the store of the collector." },
};
