import { type AllowEntry, judgeConfig, signAllow, type TrustData, withAllow } from "@mimolo/trust";
import type { CarryRequest } from "../trust-desk.ts";
import { selfKey } from "./allow.ts";
import { type Around, type Change, timeText } from "./change.ts";

/** Allows what MiMoLo made of a configuration, if what it was made from is allowed. Reports whether it was. */
export function carryConsent(data: TrustData, request: CarryRequest, around: Around): Change<boolean> {
  const { path, from, to } = request;
  if (judgeConfig({ path, sha256: from }, data).verdict !== "trusted") {
    return { data: null, notes: [], narrows: false, report: false };
  }
  const own = selfKey(data, around);
  const at = timeText(around.nowMs);
  const entry: AllowEntry = { kind: "config", digest: to, grants: [], at, by: around.by, path };
  const detail = { kind: "config", digest: to, edited_from: from, grants: [], key_id: own.key.keyId };
  return {
    data: withAllow(own.data, signAllow(entry, own.key)),
    notes: [...own.notes, { action: "allow", subject: path, detail }],
    narrows: false,
    report: true,
  };
}
