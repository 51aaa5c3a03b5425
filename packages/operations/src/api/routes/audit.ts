import { AuditEntry } from "@mimolo/protocol";
import { pageUpTo, seqOf } from "../asked/page-of.ts";
import { about, type Api, listOf } from "../route.ts";
import { AuditQuery } from "../shapes/evidence.ts";
import type { CollectorView } from "../view.ts";

/** What was allowed, refused and launched, oldest first. */
export function auditRoutes(api: Api, view: CollectorView): void {
  api.get(
    "/audit",
    {
      config: { scope: "read" },
      schema: {
        querystring: AuditQuery,
        ...about({
          id: "listAudit",
          summary: "What was allowed, refused and launched, oldest first.",
          tag: "trust",
          answers: listOf(AuditEntry),
        }),
      },
    },
    ({ query: { from, to, cursor, limit } }) =>
      pageUpTo(view.desk.audit({ fromMs: from, toMs: to, seqAfter: seqOf(cursor) ?? 0 }), limit, ({ seq }) =>
        String(seq),
      ),
  );
}
