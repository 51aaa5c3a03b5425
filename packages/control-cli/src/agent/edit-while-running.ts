import type { Client } from "../client/client.ts";
import type { AgentChange } from "./edit.ts";
import type { AgentEdit } from "./tell-edit.ts";

interface Taken {
  readonly reload: {
    readonly message: string;
    readonly files: readonly string[];
    readonly at_next_start: readonly string[];
    readonly blocked: AgentEdit["blocked"];
    readonly overruled: readonly string[];
  };
}

/** Lets the running collector edit its files; resolves once it goes by them. Throws `CliError` when it took that back. */
export async function editWhileRunning(client: Client, change: AgentChange): Promise<AgentEdit> {
  const { message, files, at_next_start, blocked, overruled } = (await sent(client, change)).reload;
  return { files, live: { message, at_next_start }, blocked, overruled, notes: [] };
}

function sent(client: Client, change: AgentChange): Promise<Taken> {
  const path = { label: change.label };
  switch (change.do) {
    case "add":
      return client.post("/agents", { body: { ...change.values, label: change.label } });
    case "duplicate":
      return client.post("/agents/{label}/duplicate", { path, body: { label: change.as } });
    case "set":
      return client.patch("/agents/{label}", { path, body: change.values });
    case "remove":
      return client.delete("/agents/{label}", { path });
  }
}
