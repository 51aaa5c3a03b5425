import type { AuditEntry } from "@mimolo/protocol";
import type { Api } from "../route.ts";
import { numberOf, timeOf } from "../query.ts";
import type { CollectorView } from "../view.ts";

/** What was allowed, refused and launched, oldest first. */
export function auditRoutes(server: Api, { desk }: CollectorView): void {
  server.get<{ Querystring: Record<string, unknown> }>("/audit", async ({ query }) => {
    const limit = numberOf(query, "limit", { min: 1, max: 1_000, fallback: 100 });
    const filter = {
      fromMs: timeOf(query, "from"),
      toMs: timeOf(query, "to"),
      seqAfter: numberOf(query, "cursor", { min: 0, max: Number.MAX_SAFE_INTEGER, fallback: 0 }),
    };
    const items: AuditEntry[] = [];
    for await (const entry of desk.audit(filter)) {
      if (items.length === limit) return { items, next_cursor: String(items.at(-1)?.seq) };
      items.push(entry);
    }
    return { items, next_cursor: null };
  });
}
