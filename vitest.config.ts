import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const packages = fileURLToPath(new URL("packages/", import.meta.url));
const propertySeed = fileURLToPath(new URL("scripts/property-seed.ts", import.meta.url));
const conditions = ["@mimolo/source", "module", "node", "development|production"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["@mimolo/source", "node"] } },
  test: {
    setupFiles: [propertySeed],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts"],
      reporter: ["text-summary", "json-summary"],
      reportsDirectory: "coverage",
    },
    projects: readdirSync(packages).map((name) => ({
      extends: true as const,
      root: `${packages}${name}`,
      test: { name, root: `${packages}${name}`, include: ["test/**/*.test.ts"] },
    })),
  },
});
