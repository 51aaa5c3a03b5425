import { manualClock } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { ArtifactTokens, TOKEN_LIFE_MS } from "../../src/artifacts/tokens.ts";

const shot = { instanceId: "i-1", artifactId: "shot" };

test("a token opens its artifact for five minutes, also when the wall clock jumps", () => {
  const clock = manualClock({ wallMs: Date.UTC(2026, 10, 21, 9) });
  const tokens = new ArtifactTokens(clock);
  const { token, expires_at: expiresAt } = tokens.make("", shot);
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
  expect(expiresAt).toBe("2026-11-21T09:05:00.000Z");
  expect(tokens.find(token)).toMatchObject(shot);
  expect(tokens.find(`${token}x`)).toBeNull();
  clock.jumpWall(-3_600_000);
  clock.advance(TOKEN_LIFE_MS - 1);
  expect(tokens.find(token)).toMatchObject(shot);
  clock.advance(1);
  expect(tokens.find(token)).toBeNull();
});

test("an agent that asks without end loses its own tokens, nobody else's", () => {
  const tokens = new ArtifactTokens(manualClock());
  const { token: mine } = tokens.make("", shot);
  const first = tokens.make("i-2", shot).token;
  let last = "";
  for (let n = 0; n < 2_000; n++) last = tokens.make("i-2", shot).token;
  expect(tokens.find(mine)).toMatchObject(shot);
  expect(tokens.find(last)).toMatchObject(shot);
  expect(tokens.find(first)).toBeNull();
});
