// What the compiler says of a request is a promise, too: each line marked below has to fail, or this file does not compile.
import { expect, test } from "vitest";
import type { Answer, Given, MaybeGiven, PathWith } from "../../src/control-api/operation.ts";

const path: PathWith<"post"> = "/agents/{label}/flush";
const plain: MaybeGiven<"/status", "get">[] = [[], [{}]];
const asked: MaybeGiven<"/evidence", "get">[] = [[], [{ query: { limit: 5, cursor: undefined } }]];
const edited: Given<"/agents/{label}", "patch"> = { path: { label: "mine" }, body: { any: 1 } };
const grants: readonly string[] = ["network"];
const installed: Given<"/plugins/{id}/install", "post"> = { path: { id: "acme.inbox" }, body: { path: "/f", grants } };
const answered: Answer<"/health", "get"> = { ok: true };

// @ts-expect-error There is no such path.
const noPath: PathWith<"get"> = "/nowhere";
// @ts-expect-error It answers to GET alone.
const noMethod: PathWith<"post"> = "/status";
// @ts-expect-error It takes nothing.
const tooMuch: MaybeGiven<"/status", "get"> = [{ query: { from: "today" } }];
// @ts-expect-error Which agent?
const noLabel: MaybeGiven<"/agents/{label}", "get"> = [];
// @ts-expect-error No parameter is called so.
const misspelt: MaybeGiven<"/evidence", "get"> = [{ query: { agnet: "mine" } }];
// @ts-expect-error A path is text.
const wrongType: Given<"/plugins/{id}/install", "post"> = { path: { id: "acme.inbox" }, body: { path: 5 } };
// @ts-expect-error There is no other answer.
const wrongAnswer: Answer<"/health", "get"> = { ok: "yes" };

test("a request that the document does not know does not compile", () => {
  expect([path, plain, asked, edited, installed, answered]).toHaveLength(6);
  expect([noPath, noMethod, tooMuch, noLabel, misspelt, wrongType, wrongAnswer]).toHaveLength(7);
});
