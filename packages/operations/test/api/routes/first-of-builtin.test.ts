import { manualClock } from "@mimolo/agent-sdk/testing";
import { beforeEach, expect, test } from "vitest";
import type { Caller } from "../../../src/api/login/access.ts";
import { type Confirmation, Confirmations } from "../../../src/api/confirmations/confirmations.ts";
import { confirmFirstOfBuiltin } from "../../../src/api/routes/first-of-builtin.ts";
import type { CollectorView } from "../../../src/api/view.ts";

const builtins = [
  { plugin_id: "mimolo.screen-tracker", default_label: "screen-tracker", capabilities: ["display", "network"] },
  { plugin_id: "mimolo.system-load", default_label: "system-load", capabilities: [] },
  { plugin_id: "mimolo.http-request", default_label: "http-request", capabilities: ["network"] },
];
const viewWith = (...running: string[]) =>
  ({
    injected: { builtins },
    status: () => ({ agents: running.map((id) => ({ plugin_id: id })) }),
  }) as unknown as CollectorView;
const page = { transport: "tcp", scope: "control", by: "api", holder: "page" } as unknown as Caller;

let shown: Confirmation[];
let confirmations: Confirmations;
beforeEach(() => {
  shown = [];
  confirmations = new Confirmations({ clock: manualClock(), show: (each) => shown.push(each) });
});
const add = (values: object, { label = "mine", caller = page, running = [] as string[] } = {}) =>
  confirmFirstOfBuiltin({ label, values: { ...values }, caller }, viewWith(...running), confirmations);

test.each([
  ["by its id", "mine", { plugin: "mimolo.screen-tracker" }],
  ["by its label", "screen-tracker", {}],
])(
  "the first agent of a built-in plugin that sees more than little, named %s, waits for the terminal",
  (_how, label, values) => {
    const refused = (code?: string) => () => add({ ...values, code }, { label });
    expect(refused()).toThrow(expect.objectContaining({ code: "needs-confirmation" }) as Error);
    expect(shown).toMatchObject([{ plugin_id: "mimolo.screen-tracker", capabilities: ["display"] }]);
    const [{ code } = { code: "" }] = shown;
    expect(refused(code === "123456" ? "654321" : "123456")).toThrow();
    expect(add({ ...values, scale: 1, code }, { label })).toEqual({ ...values, scale: 1 });
  },
);

test.each([
  ["a plugin of little risk", { plugin: "mimolo.http-request" }, {}],
  ["another of what is there", { plugin: "mimolo.screen-tracker" }, { running: ["mimolo.screen-tracker"] }],
  ["an installed plugin, which is granted what it gets", { plugin: "acme.screen" }, {}],
  [
    "whoever is at the terminal already",
    { plugin: "mimolo.screen-tracker" },
    { caller: { ...page, transport: "socket" as const } },
  ],
])("nothing is asked of %s, and a setting called code stays one", (_what, values, more) => {
  expect(add({ ...values, code: "a" }, more)).toEqual({ ...values, code: "a" });
  expect(shown).toEqual([]);
});
