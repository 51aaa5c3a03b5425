// `npm run check`: everything that guards quality beside the tests. What does not judge time goes two at a time.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pnpm, root, run, tool as toolOf } from "./pnpm.mjs";
import { setup } from "./setup.mjs";
import { step, together } from "./step.mjs";
import { packAll } from "./test-packed.mjs";

const quiet = { quiet: true };
const tool =
  (name, ...args) =>
  () =>
    toolOf(name, args, quiet);
const script =
  (file, ...args) =>
  () =>
    run(process.execPath, [join(root, file), ...args], quiet);
/** It asks for pnpm by name. */
const turbo =
  (...args) =>
  () =>
    pnpm(["exec", "turbo", ...args], quiet);

await setup({ types: true });
await together([
  ["types", turbo("run", "typecheck", "--output-logs=errors-only")],
  ["lint", tool("oxlint", "--type-aware", "--deny-warnings")],
  ["format", tool("biome", "format", ".")],
  ["arrows", tool("depcruise", "packages", "--config", ".dependency-cruiser.cjs")],
  ["unused", tool("knip", "--no-config-hints")],
  ["spec", script("packages/protocol/scripts/write-spec.mjs", "--check")],
  ["spec of the control API", script("packages/operations/scripts/write-spec.mjs", "--check")],
  ["types of the control API", script("packages/protocol/scripts/write-control-api.mjs", "--check")],
  ["pages of the rules", script("packages/agent-sdk/scripts/write-rule-pages.mjs", "--check")],
  ["snippets", script("scripts/snippets.mjs", "--check")],
]);
// It plants a file where others would find it.
await step("arrows: a planted bad import is found", script("scripts/check-arrows.mjs"));
// It reads /proc. The seed draws faults of both halves that are over soon; then each kind of the second is seen to turn red.
if (process.platform === "linux") {
  await step("faults: ten rounds", script("bench/faults.mjs", "--rounds", "10", "--seed", "577"));
  await step("reloads under load", script("bench/reloads.mjs", "--rounds", "4", "--broken", "2"));
  await step("conformance twice, on a busy machine", script("bench/conform-steadiness.mjs", "--rounds", "2"));
  await step("resumes after kills", script("bench/resumes.mjs", "--rounds", "3", "--seed", "8"));
  await step("faults: a broken promise is found", script("bench/faults.mjs", "--prove", "--seed", "577"));
}

const packed = mkdtempSync(join(tmpdir(), "mimolo-packed-"));
await packAll(packed);
await together(
  readdirSync(packed).flatMap((file) => [
    [`publint ${file}`, tool("publint", "run", join(packed, file), "--strict")],
    [`attw ${file}`, tool("attw", join(packed, file), "--profile", "esm-only")],
  ]),
);
rmSync(packed, { recursive: true, force: true });
console.log("check passed");
