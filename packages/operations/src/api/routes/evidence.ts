import { EvidenceRecord, LogLine, VerifyReport } from "@mimolo/protocol";
import { refuseOverTcp } from "../guard/socket-only.ts";
import { pageUpTo, seqOf, strange } from "../asked/page-of.ts";
import { about, type Api, listOf } from "../route.ts";
import { NoQuery } from "../shapes/asked.ts";
import { DiagnosticsQuery, EvidenceQuery, VerifyRequest } from "../shapes/evidence.ts";
import type { CollectorView } from "../view.ts";

/** What was kept: records, diagnostics, and whether the ledger is intact. */
export function evidenceRoutes(api: Api, view: CollectorView): void {
  api.get(
    "/evidence",
    {
      config: { scope: "read" },
      schema: {
        querystring: EvidenceQuery,
        ...about({
          id: "listEvidence",
          summary: "Committed records, in commit order.",
          tag: "evidence",
          answers: listOf(EvidenceRecord),
        }),
      },
    },
    async ({ query: { from, to, agent, kind, cursor, limit } }) => {
      const filter = { fromMs: from, toMs: to, agent, kind, seqAfter: seqOf(cursor) };
      const page = await pageUpTo(view.archive.evidence(filter), limit, ({ record }) => String(record.seq));
      return { ...page, items: page.items.map(({ record }) => record) };
    },
  );

  api.get(
    "/diagnostics",
    {
      config: { scope: "read" },
      schema: {
        querystring: DiagnosticsQuery,
        ...about({
          id: "listDiagnostics",
          summary: "What went on, oldest first, as `mimolo logs --json`.",
          tag: "collector",
          answers: listOf(LogLine),
        }),
      },
    },
    async ({ query: { label, cursor, limit, newest } }) => {
      if (newest === "true")
        return { items: await view.archive.newestDiagnostics({ label, limit }), next_cursor: null };
      const position = positionOf(cursor);
      return await pageUpTo(
        view.archive.diagnostics({ label, position }),
        limit,
        () => `${position.file}:${position.offset}`,
      );
    },
  );

  api.post(
    "/verify",
    {
      config: { scope: "read" },
      schema: {
        querystring: NoQuery,
        body: VerifyRequest,
        ...about({
          id: "verifyLedger",
          summary: "Checks every byte of both ledgers.",
          description: "`repo`, a repository of this machine whose commits name heads, is taken over the socket only.",
          tag: "evidence",
          answers: VerifyReport,
          refuses: ["socket-only"],
        }),
      },
    },
    async ({ body, caller }) => {
      const { date, repo } = body ?? {};
      refuseOverTcp(caller, { ...body }, ["repo"], "mimolo verify --repo DIR");
      await view.commit();
      return view.archive.verify({ date, repo });
    },
  );
}

function positionOf(cursor: string | undefined): { file: string; offset: number } {
  if (cursor === undefined) return { file: "", offset: 0 };
  const match = /^([\w.-]+):(\d{1,15})$/.exec(cursor);
  if (match?.[1] === undefined) throw strange();
  return { file: match[1], offset: Number(match[2]) };
}
