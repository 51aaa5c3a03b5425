// Tests the whole plugin from outside, as a collector meets it.
import { runPluginTests } from "@mimolo/agent-sdk/testing";

const { ok, suites } = await runPluginTests(import.meta.dirname, {
  calls: [
    { interface: "action", method: "execute", params: { text: "hello" }, expect: ({ lines }) => lines === 1 },
    { interface: "action", method: "execute", params: { text: "one\ntwo" }, failsWith: "not-a-line" },
    { interface: "action", method: "execute", params: { text: 42 }, failsWith: "invalid-params" },
  ],
});

for (const { name, cases, skipped } of suites) {
  console.log(`${name}: ${cases.filter((each) => each.ok).length} of ${cases.length} ok, ${skipped.length} left out`);
  for (const each of cases.filter((one) => !one.ok)) console.log(`  not so: ${each.name}\n    ${each.why}`);
}
process.exitCode = ok ? 0 : 1;
