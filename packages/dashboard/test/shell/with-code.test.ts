import { expect, test } from "vitest";
import { ApiProblem } from "../../src/page/api/index.ts";
import { Asks } from "../../src/page/shell/asks.svelte.ts";
import { withCode } from "../../src/page/shell/with-code.ts";

/** Somebody who types these one after the other; `null`: would rather not. */
function typing(...given: readonly (string | null)[]): { readonly asks: Asks; readonly texts: string[] } {
  const texts: string[] = [];
  const left = [...given];
  const asks = {
    prompt: async ({ text }: { readonly text: string }) => {
      texts.push(text);
      return left.shift() ?? null;
    },
  } as unknown as Asks;
  return { asks, texts };
}

const refuse = (code: ApiProblem["code"], detail: string, hint?: string) =>
  Promise.reject(new ApiProblem({ code, detail, ...(hint === undefined ? {} : { hint }) }));

test("what needs a code is asked for one until it fits", async () => {
  const { asks, texts } = typing("111111", "222222");
  const tried: (string | undefined)[] = [];
  const done = await withCode(asks, (code) => {
    tried.push(code);
    if (code === "222222") return Promise.resolve("done");
    return code === undefined
      ? refuse("needs-confirmation", "It wants a yes", "see the terminal")
      : refuse("needs-confirmation", "That is not it");
  });
  expect(done).toBe("done");
  expect(tried).toEqual([undefined, "111111", "222222"]);
  expect(texts).toEqual(["It wants a yes. see the terminal", "That is not it"]);
});

test("who would rather not gets nothing, and nothing is tried again", async () => {
  const { asks } = typing(null);
  let tries = 0;
  const run = () => {
    tries += 1;
    return refuse("needs-confirmation", "It wants a yes");
  };
  expect(await withCode(asks, run)).toBeNull();
  expect(tries).toBe(1);
});

test("any other refusal is the caller's, and no code is asked for", async () => {
  const { asks, texts } = typing("111111");
  await expect(withCode(asks, () => refuse("unknown-plugin", "there is none"))).rejects.toMatchObject({
    code: "unknown-plugin",
  });
  expect(texts).toEqual([]);
});
