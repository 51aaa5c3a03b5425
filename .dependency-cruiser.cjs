// The arrows of the house, left to right only. A package imports only what is below it, through its public entry.
const below = {
  protocol: [],
  ledger: [],
  supervisor: ["protocol"],
  trust: ["protocol", "ledger"],
  evidence: ["protocol", "ledger"],
  "agent-sdk": ["protocol"],
  agents: ["agent-sdk", "protocol"],
  operations: ["protocol", "ledger", "supervisor", "trust", "evidence"],
  dashboard: ["protocol"],
  "control-cli": ["agent-sdk", "agents", "dashboard", "operations", "supervisor", "evidence", "ledger", "protocol"],
};

const arrows = Object.entries(below).map(([name, allowed]) => ({
  name: `arrow-${name}`,
  comment: `packages/${name} may import only: ${allowed.join(", ") || "nothing of ours"}`,
  severity: "error",
  from: { path: `^packages/${name}/src/` },
  to: { path: "^packages/[^/]+/", pathNot: `^packages/(${[name, ...allowed].join("|")})/` },
}));

const entries = {
  name: "public-entry-only",
  comment: "another package is reached through its entry or a named subpath, never through its files",
  severity: "error",
  from: { path: "^packages/([^/]+)/src/" },
  to: {
    path: "^packages/[^/]+/src/",
    pathNot: [
      "^packages/$1/",
      "^packages/[^/]+/src/index\\.ts$",
      "^packages/protocol/src/(wire|control-api)/index\\.ts$",
      "^packages/agent-sdk/src/testing/index\\.ts$",
      "^packages/agents/src/git-history/index\\.ts$",
      "^packages/operations/src/reading/index\\.ts$",
      "^packages/operations/src/trust/index\\.ts$",
      "^packages/trust/src/package/index\\.ts$",
      "^packages/trust/src/registry/index\\.ts$",
    ],
  },
};

module.exports = {
  forbidden: [
    ...arrows,
    entries,
    {
      name: "no-cycle",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "resolvable", severity: "error", from: { path: "^packages/[^/]+/src/" }, to: { couldNotResolve: true } },
    {
      name: "wire-is-pure",
      comment: "JLP's wire runs anywhere: no zod, no node:*",
      severity: "error",
      from: { path: "^packages/protocol/src/wire/" },
      to: { path: "(^|/)node_modules/zod/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "wire-without-node",
      severity: "error",
      from: { path: "^packages/protocol/src/wire/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "sdk-runs-on-wire",
      comment: "the SDK pays for the wire only; its tests of whole plugins read manifests",
      severity: "error",
      from: { path: "^packages/agent-sdk/src/", pathNot: "^packages/agent-sdk/src/testing/run-plugin-tests/" },
      to: {
        path: "^packages/protocol/src/",
        pathNot: "^packages/protocol/src/wire/index\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "node-child-process-in-node-files",
      severity: "error",
      from: { path: "^packages/supervisor/src/", pathNot: "(^|/)node-[^/]+\\.ts$" },
      to: { path: "^(node:)?child_process$", dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    includeOnly: undefined,
    exclude: { path: "(^|/)(dist|test|coverage)/|tsup\\.config\\.ts$" },
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@mimolo/source", "import", "node", "default", "types"],
    },
    combinedDependencies: false,
  },
};
