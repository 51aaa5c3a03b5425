// `npm run release`: versions from the changesets, everything built and checked, then published. Asks npm for the rest.
import { pnpm } from "./pnpm.mjs";
import { setup } from "./setup.mjs";
import { step } from "./step.mjs";

await setup({ types: true });
await step("test", () => pnpm(["test"], { quiet: true }));
await step("check", () => pnpm(["run", "check"], { quiet: true }));
await step("versions", () => pnpm(["exec", "changeset", "version"], { quiet: true }));
process.exit((await pnpm(["exec", "changeset", "publish"])).code);
