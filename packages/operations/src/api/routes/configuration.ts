import type { Api } from "../route.ts";
import { LABEL_PATTERN } from "@mimolo/protocol";
import { isTable, type Tree } from "../../config/layer.ts";
import type { ConfigChange } from "../../edit/config-change.ts";
import type { ConfigEdit } from "../../edit/config-editor.ts";
import { CollectorError } from "../../error.ts";
import { ProblemError } from "../problem.ts";
import type { CollectorView } from "../view.ts";

interface OneAgent {
  Params: { label: string };
  Body: unknown;
}

/** What is configured, and edits of it: each is written to the file it belongs to and live when it is answered. */
export function configurationRoutes(server: Api, view: CollectorView): void {
  const edited = (change: ConfigChange) => view.edit(change).catch(asNotRunning);
  server.get("/config", () => view.configuration());
  server.patch<{ Body: unknown }>("/config", async ({ body }) => {
    const values = tableOf(body);
    for (const [section, inner] of Object.entries(values)) {
      if (["monitor", "control", "trust", "registry"].includes(section) && isTable(inner)) continue;
      const hint = "sections are monitor, control, trust and registry; agents have /agents/{label}";
      throw new ProblemError("invalid-parameter", `"${section}" is no section that can be changed here`, hint);
    }
    return taken(await edited({ do: "collector", values }));
  });

  server.post<{ Body: unknown }>("/agents", async ({ body }, reply) => {
    const { label, ...values } = tableOf(body);
    const edit = await edited({ do: "add", label: labelIn(label), values });
    void reply.code(201);
    return withAgent(view, labelIn(label), edit);
  });
  server.post<OneAgent>("/agents/:label/duplicate", async ({ params, body }, reply) => {
    const as = labelIn(tableOf(body)["label"]);
    const edit = await edited({ do: "duplicate", label: params.label, as });
    void reply.code(201);
    return withAgent(view, as, edit);
  });
  server.patch<OneAgent>("/agents/:label", async ({ params, body }) =>
    withAgent(view, params.label, await edited({ do: "set", label: params.label, values: tableOf(body) })),
  );
  server.delete<OneAgent>("/agents/:label", async ({ params }) => ({
    label: params.label,
    reload: taken(await edited({ do: "remove", label: params.label })),
  }));
}

/** An agent that did not come up by what was edited is told as one that does not run. */
function asNotRunning(error: unknown): never {
  if (!(error instanceof CollectorError) || error.code !== "rolled-back") throw error;
  throw new ProblemError("agent-not-running", error.message, error.hint);
}

/** The agent as it is now, and how the change was taken; without a status when it is switched off. */
function withAgent(view: CollectorView, label: string, edit: ConfigEdit) {
  const agent = view.status().agents.find((each) => each.label.toLowerCase() === label.toLowerCase());
  return { label, ...agent, reload: taken(edit) };
}

function taken({ files, overruled, reload }: ConfigEdit) {
  return {
    outcome: reload?.outcome ?? "unchanged",
    message: reload?.message ?? "",
    files,
    at_next_start: reload?.diff?.atNextStart ?? [],
    blocked: reload?.blocked ?? [],
    overruled,
  };
}

function labelIn(label: unknown): string {
  if (typeof label === "string" && LABEL_PATTERN.test(label)) return label;
  throw new ProblemError(
    "invalid-parameter",
    "label must name the agent",
    "letters, digits, - and _, such as my-agent",
  );
}

function tableOf(body: unknown): Tree {
  const names = isTable(body) ? Object.keys(body) : [];
  if (isTable(body) && !names.includes("__proto__")) return body;
  throw new ProblemError("invalid-parameter", "the body must be an object of configuration keys");
}
