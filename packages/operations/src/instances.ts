import { randomUUID } from "node:crypto";
import { readJsonFile, writeJsonFile } from "./owner-file.ts";

interface Instance {
  plugin_id: string;
  instance_id: string;
}

/** Remembers which `instance_id` a label has, in `state/instances.json` `{<label>:{plugin_id,instance_id}}`. */
export class Instances {
  readonly #file: string;
  readonly #known: Map<string, Instance>;

  constructor(file: string) {
    this.#file = file;
    this.#known = new Map(readInstances(file));
  }

  /** Gives ids to all that have none, in one write: a thousand new agents would write a thousand ever longer files. */
  know(plans: Iterable<{ readonly label: string; readonly pluginId: string }>): void {
    let made = false;
    for (const { label, pluginId } of plans) {
      if (this.#known.get(label)?.plugin_id === pluginId) continue;
      this.#known.set(label, { plugin_id: pluginId, instance_id: randomUUID() });
      made = true;
    }
    if (made) this.#write();
  }

  /** The stable id of this label's instance; a label that changed its plugin is a new instance. */
  idOf(label: string, pluginId: string): string {
    const known = this.#known.get(label);
    if (known !== undefined && known.plugin_id === pluginId) return known.instance_id;
    const made = randomUUID();
    this.keep(label, pluginId, made);
    return made;
  }

  /** Gives a label the id that it had before its plugin was changed for a while. */
  keep(label: string, pluginId: string, instanceId: string): void {
    if (this.#known.get(label)?.instance_id === instanceId) return;
    this.#known.set(label, { plugin_id: pluginId, instance_id: instanceId });
    this.#write();
  }

  #write(): void {
    writeJsonFile(this.#file, Object.fromEntries(this.#known));
  }
}

function readInstances(file: string): [string, Instance][] {
  const content = readJsonFile(file);
  if (typeof content !== "object" || content === null) return [];
  return Object.entries(content).filter(
    (entry): entry is [string, Instance] =>
      typeof entry[1]?.plugin_id === "string" && typeof entry[1]?.instance_id === "string",
  );
}
