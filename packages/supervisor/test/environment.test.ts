import { expect, test } from "vitest";
import { agentEnvironment } from "../src/environment.ts";

const agent = {
  label: "inbox",
  instanceId: "11111111-2222-4333-8444-555555555555",
  dataDir: "/data",
  agentDataDir: "/data/agents/acme.inbox/1",
  config: { folder: "Ångström", depth: 2 },
};
const own = {
  MIMOLO_AGENT_LABEL: "inbox",
  MIMOLO_AGENT_ID: agent.instanceId,
  MIMOLO_DATA_DIR: "/data",
  MIMOLO_AGENT_DATA_DIR: "/data/agents/acme.inbox/1",
  MIMOLO_CONFIG: '{"folder":"Ångström","depth":2}',
};

test("an agent gets its five names and what the allowlist lets through, nothing else", () => {
  const parent = {
    PATH: "/bin",
    HOME: "/home/me",
    LC_ALL: "de_DE.UTF-8",
    TZ: "Europe/Berlin",
    AWS_SECRET_ACCESS_KEY: "s3cret",
    NODE_OPTIONS: "--inspect",
    NODE_EXTRA_CA_CERTS: "/ca.pem",
    MIMOLO_HOME: "/elsewhere",
    MIMOLO_CONFIG: "forged",
    LD_PRELOAD: "evil.so",
    SSH_AUTH_SOCK: "/tmp/agent",
    MISSING: undefined,
  };
  expect(agentEnvironment(agent, parent, "linux")).toEqual({
    PATH: "/bin",
    HOME: "/home/me",
    LC_ALL: "de_DE.UTF-8",
    TZ: "Europe/Berlin",
    ...own,
  });
});

test("what the config adds is added, but cannot forge who the agent is", () => {
  const extra = { API_URL: "http://localhost", PATH: "/opt/bin", MIMOLO_AGENT_ID: "someone-else" };
  const environment = agentEnvironment({ ...agent, extra }, { PATH: "/bin" }, "linux");
  expect(environment).toEqual({ ...own, API_URL: "http://localhost", PATH: "/opt/bin" });
});

test("on Windows names are compared without case, and what programs need there is kept", () => {
  const parent = { Path: "C:\\bin", SystemRoot: "C:\\Windows", "ProgramFiles(x86)": "C:\\P", GITHUB_TOKEN: "x" };
  expect(agentEnvironment(agent, parent, "win32")).toEqual({
    Path: "C:\\bin",
    SystemRoot: "C:\\Windows",
    "ProgramFiles(x86)": "C:\\P",
    ...own,
  });
});
