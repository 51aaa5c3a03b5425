import { isAbsolute } from "node:path";
import type { Api } from "../route.ts";
import type { LogLine } from "@mimolo/protocol";
import { EvidenceRecord } from "@mimolo/protocol";
import { ProblemError } from "../problem.ts";
import { numberOf, textOf, timeOf, wordOf } from "../query.ts";
import type { CollectorView } from "../view.ts";

const MAX_ITEMS = 1_000;
const page = { min: 1, max: MAX_ITEMS, fallback: 100 };
const kinds = EvidenceRecord.options.map((option) => option.shape.kind.value);

/** What was kept: records, diagnostics, and whether the ledger is intact. */
export function evidenceRoutes(server: Api, view: CollectorView): void {
  server.get<{ Querystring: Record<string, unknown> }>("/evidence", async ({ query }) => {
    const limit = numberOf(query, "limit", page);
    const filter = {
      fromMs: timeOf(query, "from"),
      toMs: timeOf(query, "to"),
      agent: textOf(query, "agent"),
      kind: wordOf(query, "kind", kinds),
      seqAfter:
        query["cursor"] === undefined
          ? undefined
          : numberOf(query, "cursor", { min: 0, max: Number.MAX_SAFE_INTEGER, fallback: 0 }),
    };
    const items: EvidenceRecord[] = [];
    for await (const { record } of view.archive.evidence(filter)) {
      if (items.length === limit) return { items, next_cursor: String(items.at(-1)?.seq) };
      items.push(record);
    }
    return { items, next_cursor: null };
  });

  server.get<{ Querystring: Record<string, unknown> }>("/diagnostics", async ({ query }) => {
    const limit = numberOf(query, "limit", page);
    const position = positionOf(textOf(query, "cursor"));
    const items: LogLine[] = [];
    let cursor = "";
    for await (const line of view.archive.diagnostics({ label: textOf(query, "label"), position })) {
      if (items.length === limit) return { items, next_cursor: cursor };
      items.push(line);
      cursor = `${position.file}:${position.offset}`;
    }
    return { items, next_cursor: null };
  });

  server.post<{ Body: unknown }>("/verify", async ({ body }) => {
    await view.commit();
    return view.archive.verify({ date: dateOf(body), repo: repoOf(body) });
  });
}

function positionOf(cursor: string | undefined): { file: string; offset: number } {
  if (cursor === undefined) return { file: "", offset: 0 };
  const match = /^([\w.-]+):(\d+)$/.exec(cursor);
  if (match?.[1] === undefined) throw new ProblemError("invalid-parameter", "cursor is not one that this list gave");
  return { file: match[1], offset: Number(match[2]) };
}

/** A folder of this machine: whoever may talk to this socket may read it anyway. */
function repoOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("repo" in body) || body.repo === undefined) return undefined;
  if (typeof body.repo === "string" && isAbsolute(body.repo)) return body.repo;
  throw new ProblemError("invalid-parameter", "repo must be the absolute path of a repository");
}

function dateOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("date" in body) || body.date === undefined) return undefined;
  if (typeof body.date === "string" && /^\d{4}-\d\d-\d\d$/.test(body.date)) return body.date;
  throw new ProblemError("invalid-parameter", "date must look like 2026-11-21");
}
