import { at, type Examples, onePage } from "./example.ts";

const publicKey = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
const key = {
  key_id: "0123456789ABCDEF",
  public_key: publicKey,
  label: "Acme",
  source: "pinned",
  scope: ["acme.*"],
  added_at: at,
};
const held = { plugin_id: "acme.inbox-watch", granted: ["network"], not_granted: ["filesystem"] };
const grant = { id: "acme.inbox-watch:network", plugin_id: "acme.inbox-watch", capability: "network", at, by: "cli" };

export const trustExamples: Examples = {
  listKeys: { answer: onePage(key) },
  makeKey: {
    body: { label: "mine", scope: ["local.*"] },
    answer: {
      key_id: key.key_id,
      public_key: publicKey,
      label: "mine",
      scope: ["local.*"],
      path: "/home/ada/.local/share/mimolo/trust/keys/0123456789ABCDEF.key",
    },
  },
  trustKey: { body: { public_key: publicKey, label: "Acme", scope: ["acme.*"] }, answer: key },
  revokeKey: { body: { why: "lost" }, answer: { ...key, revoked: { at, why: "lost" } } },
  allow: {
    body: { path: "/home/ada/project/my-agent.mjs" },
    answer: {
      kind: "script",
      path: "/home/ada/project/my-agent.mjs",
      digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      granted: [],
      key_id: key.key_id,
      notes: [],
    },
  },
  listCapabilities: {
    answer: onePage({
      capability: "network",
      risk: "low",
      colour: "green",
      name: "Network",
      icon: "🌐",
      description: "Talks to other machines.",
    }),
  },
  listGrants: { answer: onePage(grant) },
  grant: { body: { plugin_id: "acme.inbox-watch", capabilities: ["network"] }, answer: held },
  revokeGrants: { body: { plugin_id: "acme.inbox-watch" }, answer: { ...held, granted: [] } },
  revokeGrant: { answer: { ...held, granted: [] } },
  listAudit: {
    answer: onePage({ seq: 1, at, action: "grant", subject: "acme.inbox-watch", by: "cli", detail: "network" }),
  },
};
