// `npm run check`: everything that guards quality beside the tests.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pnpm, root, run } from "./pnpm.mjs";
import { setup } from "./setup.mjs";
import { step } from "./step.mjs";
import { packAll } from "./test-packed.mjs";

const quiet = { quiet: true };
const tool =
  (name, ...args) =>
  () =>
    pnpm(["exec", name, ...args], quiet);
const script =
  (file, ...args) =>
  () =>
    run(process.execPath, [join(root, file), ...args], quiet);

await setup({ types: true });
await step("format", tool("biome", "format", "."));
await step("lint", tool("oxlint", "--type-aware", "--deny-warnings"));
await step("types", tool("turbo", "run", "typecheck", "--output-logs=errors-only"));
await step("arrows", tool("depcruise", "packages", "--config", ".dependency-cruiser.cjs"));
await step("arrows: a planted bad import is found", script("scripts/check-arrows.mjs"));
await step("unused", tool("knip", "--no-config-hints"));
await step("spec", script("packages/protocol/scripts/write-spec.mjs", "--check"));
await step("spec of the control API", script("packages/operations/scripts/write-spec.mjs", "--check"));
await step("types of the control API", script("packages/protocol/scripts/write-control-api.mjs", "--check"));
await step("pages of the rules", script("packages/agent-sdk/scripts/write-rule-pages.mjs", "--check"));
await step("snippets", script("scripts/snippets.mjs", "--check"));
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
for (const file of readdirSync(packed)) {
  const tarball = join(packed, file);
  await step(`publint ${file}`, tool("publint", "run", tarball, "--strict"));
  await step(`attw ${file}`, tool("attw", tarball, "--profile", "esm-only"));
}
rmSync(packed, { recursive: true, force: true });
console.log("check passed");
