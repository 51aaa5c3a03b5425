import { expect, test } from "vitest";
import { negotiateVersion } from "../../src/wire/index.ts";

test("peers of one major speak the lower minor", () => {
  expect(negotiateVersion("0.3")).toEqual({ ok: true, version: "0.3" });
  expect(negotiateVersion("0.4")).toEqual({ ok: true, version: "0.4" });
  expect(negotiateVersion("0.10")).toEqual({ ok: true, version: "0.4" });
  expect(negotiateVersion("1.2", "1.9")).toEqual({ ok: true, version: "1.2" });
});

test("another major, or no version at all, is a mismatch", () => {
  for (const version of ["1.0", "1.4", "", "0", "0.4.0", "v0.4", "0.4 ", "00.4", "0.-1", "0.1e3"]) {
    expect([version, negotiateVersion(version)]).toEqual([version, { ok: false, reason: "protocol_version_mismatch" }]);
  }
});
