import type { AllowReport, HeldGrants, InstallReport, KeyReport, NewKeyReport, RemoveReport } from "@mimolo/protocol";
import { type Client, pluginPath } from "../client.ts";
import type { Desk } from "./desk.ts";

/** The desk of the running collector. */
export function deskOver(client: Client): Desk {
  return {
    newKey: ({ label, scope }) => client.post<NewKeyReport>("/keys", { label, scope }),
    trustKey: ({ publicKey, label, scope, source }) =>
      client.post<KeyReport>("/keys/trust", { public_key: publicKey, label, scope, source }),
    revokeKey: ({ keyId, why }) => client.post<KeyReport>(`/keys/${encodeURIComponent(keyId)}/revoke`, { why }),
    allow: ({ path, grants }) => client.post<AllowReport>("/allow", { path, grants }),
    install: ({ pluginId, path, grants, acceptDowngrade }) =>
      client.post<InstallReport>(pluginPath(pluginId ?? "", "install"), {
        path,
        grants,
        accept_downgrade: acceptDowngrade,
      }),
    remove: ({ pluginId }) => client.delete<RemoveReport>(pluginPath(pluginId)),
    grant: ({ pluginId, capabilities }) => client.post<HeldGrants>("/grants", { plugin_id: pluginId, capabilities }),
    revoke: ({ pluginId, capabilities }) =>
      client.post<HeldGrants>("/grants/revoke", { plugin_id: pluginId, capabilities }),
  };
}
