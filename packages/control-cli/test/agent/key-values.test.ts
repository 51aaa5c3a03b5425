import { expect, test } from "vitest";
import { keysTaken, keyValues } from "../../src/agent/key-values.ts";

test("values are what they look like, and text for the rest", () => {
  expect(
    keyValues(["poll_interval_s=5", "enabled=false", 'watch_dirs=["a","b"]', "unit=mails", "at=09:00", "empty="]),
  ).toEqual({ poll_interval_s: 5, enabled: false, watch_dirs: ["a", "b"], unit: "mails", at: "09:00", empty: "" });
});

test("quotes make text of anything, and keys that take text take it anyhow", () => {
  expect(keyValues(['unit="5"', "raw='true'", "executable=7", "env.PORT=80", "env.A=b=c"])).toEqual({
    unit: "5",
    raw: "true",
    executable: "7",
    env: { PORT: "80", A: "b=c" },
  });
});

test("a single word for a list is a list of one", () => {
  expect(keyValues(["args=-v"])).toEqual({ args: ["-v"] });
});

test("keys taken out are null, beside those that are set", () => {
  expect(keysTaken(["cwd", "env.A"], keyValues(["env.B=1"]))).toEqual({ cwd: null, env: { A: null, B: "1" } });
});

test.each(["poll_interval_s", "=5", "a..b=1", "__proto__.x=1"])("%s is refused with exit code 2", (written) => {
  expect(() => keyValues([written])).toThrow(expect.objectContaining({ code: "usage", exitCode: 2 }) as Error);
});

test("a reference to a secret is typed as in the file, and a bare null takes a key back where that is meant", () => {
  expect(keyValues(['token={ env = "TOKEN" }', "pepper={file='a b.txt'}", 'other={"env":"X"}'])).toEqual({
    token: { env: "TOKEN" },
    pepper: { file: "a b.txt" },
    other: { env: "X" },
  });
  expect(keyValues(["suffix=null", "name='null'"], { nullable: true })).toEqual({ suffix: null, name: "null" });
  expect(keyValues(["suffix=null"])).toEqual({ suffix: "null" });
});
