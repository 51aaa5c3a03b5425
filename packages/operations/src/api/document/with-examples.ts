import { accessExamples } from "./examples/access.ts";
import { agentExamples } from "./examples/agents.ts";
import { artifactExamples } from "./examples/artifacts.ts";
import { collectorExamples } from "./examples/collector.ts";
import { evidenceExamples } from "./examples/evidence.ts";
import type { Example, Examples } from "./examples/example.ts";
import { platformExamples } from "./examples/platform.ts";
import { pluginExamples } from "./examples/plugins.ts";
import { trustExamples } from "./examples/trust.ts";
import { widgetExamples } from "./examples/widgets.ts";
import { operationsOf, type Tree } from "./tidied.ts";

const examples: Examples = {
  ...collectorExamples,
  ...agentExamples,
  ...evidenceExamples,
  ...pluginExamples,
  ...trustExamples,
  ...platformExamples,
  ...accessExamples,
  ...artifactExamples,
  ...widgetExamples,
};

interface Described {
  content?: Record<string, Tree>;
}

/** Puts an exchange beside each operation. Throws for one that has none. */
export function withExamples(document: Tree): Tree {
  for (const operation of operationsOf(document)) {
    const id = operation["operationId"] as string;
    const example = examples[id];
    if (example === undefined) throw new Error(`${id} has no example`);
    show(operation, example);
  }
  return document;
}

function show(operation: Tree, { body, answer }: Example): void {
  const sent = (operation["requestBody"] as Described | undefined)?.content?.["application/json"];
  if (body !== undefined && sent !== undefined) sent["example"] = body;
  if (answer === undefined) return;
  for (const [status, { content = {} }] of Object.entries(operation["responses"] as Record<string, Described>)) {
    if (!status.startsWith("2")) continue;
    for (const media of Object.values(content)) media["example"] = answer;
  }
}
