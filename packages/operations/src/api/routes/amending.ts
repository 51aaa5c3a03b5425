import type { Api } from "../route.ts";
import { ProblemError } from "../problem.ts";
import { timeIn, wordOf } from "../query.ts";
import type { CollectorView } from "../view.ts";
import { objectIn, textIn } from "./body.ts";

const words = ["work", "idle"] as const;

/** What people may do to evidence: say how a stretch of time is to be read, take out what should not be there. */
export function amendingRoutes(server: Api, view: CollectorView): void {
  server.post<{ Body: unknown }>("/evidence/correct", async ({ body }, reply) => {
    const fields = objectIn(body);
    const as = wordOf(fields, "as", words);
    if (as === undefined) throw new ProblemError("invalid-parameter", "as is missing", '"work" or "idle"');
    const [fromMs, toMs] = [timeIn(fields, "from"), timeIn(fields, "to")];
    const report = await view.correct({ fromMs, toMs, as, note: textIn(fields, "note") });
    void reply.code(201);
    return report;
  });
  server.post<{ Body: unknown }>("/evidence/erase", async ({ body }) => {
    const fields = objectIn(body);
    const { seq } = fields;
    if (typeof seq !== "number" || !Number.isSafeInteger(seq) || seq < 1) {
      throw new ProblemError("invalid-parameter", "seq must be the number of a record", '{"seq":12,"why":"…"}');
    }
    return await view.erase({ seq, why: textIn(fields, "why") });
  });
}
