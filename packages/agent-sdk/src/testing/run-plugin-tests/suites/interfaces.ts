// What each interface owes its callers, tried where trying does nothing: an action is not executed, nothing is archived.
import { must, type PluginCase, pluginCase } from "../plugin-case.ts";
import type { PluginProcess } from "../plugin-process.ts";
import type { TestStand } from "../stand.ts";

type Proof = (plugin: PluginProcess, stand: TestStand) => Promise<void>;

const MESSAGE = {
  id: "message-1",
  from: "test.caller",
  type: "test.message",
  content: {},
  timestamp: "2026-01-01T00:00:00Z",
};

/** One case for each interface the plugin says it offers. */
export function interfaceCases(stand: TestStand, offered: readonly string[]): PluginCase[] {
  const cases = offered.map((name) =>
    pluginCase(`it answers as ${name}`, async () => {
      const plugin = await stand.working();
      must(plugin.has("invoke"), "its handshake does not announce the feature invoke");
      await PROOFS[name]?.(plugin, stand);
      await refuses(plugin, name, "no_such_method");
    }),
  );
  if (offered.length === 0) return [];
  const others = pluginCase("it refuses a call of what it does not offer", async () => {
    const plugin = await stand.working();
    await refuses(plugin, "no_such_interface", "no_such_method");
  });
  return [...cases, others];
}

const PROOFS: Readonly<Record<string, Proof>> = {
  async trigger(plugin) {
    // Twice each: a collector that lost count asks again.
    for (const method of ["start", "start", "stop", "stop"]) await value(plugin, "trigger", method);
  },
  async message_handler(plugin) {
    const types = await perhaps(plugin, "message_handler", "supported_types");
    must(
      types === undefined || isListOf(types, "string"),
      () => `supported_types is no list of names: ${shown(types)}`,
    );
    const confidence = await value(plugin, "message_handler", "can_handle", { message: MESSAGE });
    const fits = typeof confidence === "number" && confidence >= 0 && confidence <= 1;
    must(fits, () => `can_handle is no number from 0 to 1: ${shown(confidence)}`);
  },
  async command(plugin) {
    const list = await value(plugin, "command", "list");
    must(isNamed(list, "name"), () => `list names no commands: ${shown(list)}`);
  },
  async data_provider(plugin) {
    const sources = await value(plugin, "data_provider", "sources");
    must(isNamed(sources, "id"), () => `sources names none: ${shown(sources)}`);
    const result = await plugin.call({
      interface: "data_provider",
      method: "query",
      params: { source_id: "no such source", query: {} },
    });
    must(!result.ok, "a query of a source that does not exist succeeded");
  },
  async analytics(plugin) {
    const metrics = await value(plugin, "analytics", "metrics");
    must(isNamed(metrics, "id"), () => `metrics names none: ${shown(metrics)}`);
  },
  async aggregate(plugin, { manifest }) {
    const dataHeader = manifest.monitor?.data_header ?? "items";
    await value(plugin, "aggregate", "filter", { data_header: dataHeader, items: [] });
  },
  async config(plugin, stand) {
    const schema = await perhaps(plugin, "config", "schema");
    must(schema === undefined || isTable(schema), () => `schema is no JSON Schema: ${shown(schema)}`);
    const verdict = await perhaps(plugin, "config", "validate", { config: stand.config });
    const isGood = !isTable(verdict) || verdict["ok"] !== false;
    must(isGood, () => `it refuses the settings it was started with: ${shown(verdict)}`);
  },
};

async function value(plugin: PluginProcess, name: string, method: string, params: object = {}): Promise<unknown> {
  const { ok, data, error } = await plugin.call({ interface: name, method, params });
  must(ok, () => `${name}.${method} failed with ${error?.code}: ${error?.message}`);
  return data;
}

/** Of a method that an interface may do without: `undefined` where it does. */
async function perhaps(plugin: PluginProcess, name: string, method: string, params: object = {}): Promise<unknown> {
  const { ok, error } = await plugin.call({ interface: name, method, params });
  return !ok && error?.code === "not-offered" ? undefined : value(plugin, name, method, params);
}

async function refuses(plugin: PluginProcess, name: string, method: string): Promise<void> {
  const { ok } = await plugin.call({ interface: name, method, params: {} });
  must(!ok, `${name}.${method} does not exist, and it answered as if it did`);
}

function isTable(value_: unknown): value_ is Record<string, unknown> {
  return typeof value_ === "object" && value_ !== null && !Array.isArray(value_);
}

function isListOf(value_: unknown, type: string): boolean {
  return Array.isArray(value_) && value_.every((each) => typeof each === type);
}

/** A list of names, a list of tables with that key, or a table by name. */
function isNamed(value_: unknown, key: string): boolean {
  if (isTable(value_)) return true;
  if (!Array.isArray(value_)) return false;
  return value_.every((each) => typeof each === "string" || (isTable(each) && typeof each[key] === "string"));
}

function shown(value_: unknown): string {
  return (JSON.stringify(value_) ?? "nothing").slice(0, 200);
}
