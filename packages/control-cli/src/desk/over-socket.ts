import type { Client } from "../client/client.ts";
import type { Desk } from "./desk.ts";

/** The desk of the running collector. */
export function deskOver(client: Client): Desk {
  return {
    newKey: ({ label, scope }) => client.post("/keys", { body: { label, scope } }),
    trustKey: ({ publicKey, label, scope, source }) =>
      client.post("/keys/trust", { body: { public_key: publicKey, label, scope, source } }),
    revokeKey: ({ keyId, why }) => client.post("/keys/{id}/revoke", { path: { id: keyId }, body: { why } }),
    allow: ({ path, grants }) => client.post("/allow", { body: { path, grants } }),
    install: ({ pluginId, path, grants, acceptDowngrade }) =>
      client.post("/plugins/{id}/install", {
        path: { id: pluginId ?? "" },
        body: { path, grants, accept_downgrade: acceptDowngrade },
      }),
    remove: ({ pluginId }) => client.delete("/plugins/{id}", { path: { id: pluginId } }),
    grant: ({ pluginId, capabilities }) => client.post("/grants", { body: { plugin_id: pluginId, capabilities } }),
    revoke: ({ pluginId, capabilities }) =>
      client.post("/grants/revoke", { body: { plugin_id: pluginId, capabilities } }),
  };
}
