import type { Risk } from "./risk.ts";

/** What the collector's API does not tell: permissions, in the words of the command line's dialog. */
export const PERMISSION_TEXTS: Readonly<Record<string, { readonly risk: Risk; readonly description: string }>> = {
  "read-messaging": { risk: "low", description: "Hears what other plugins publish." },
  "write-messaging": { risk: "low", description: "Sends messages to other plugins." },
  "manage-agents": { risk: "high", description: "Starts and stops agents." },
  "read-config": { risk: "medium", description: "Reads the settings of other plugins." },
  "write-config": { risk: "high", description: "Changes the settings of other plugins." },
  "read-system-info": { risk: "low", description: "Sees which agents run, and how they do." },
  "write-logs": { risk: "medium", description: "Writes log lines under other names." },
  "execute-commands": { risk: "high", description: "Lets other plugins work for it." },
  "read-data": { risk: "medium", description: "Reads your evidence, and what plugins have kept." },
  "write-data": { risk: "medium", description: "Keeps data where other plugins can read it." },
  "manage-database": { risk: "high", description: "Queries the store of the collector." },
};
