import { describe, expect, it } from "vitest";
import { NEVER_HYDRATED } from "../../build/never-hydrated.ts";

/** Has no types: only the compiler calls it. */
const internals: string = "svelte/internal/client";
const client = (await import(internals)) as Readonly<Record<string, unknown>>;

/** Fails whoever so much as looks at it. */
const untouchable = new Proxy({}, new Proxy({}, { get: (_target, trap) => () => expect.unreachable(String(trap)) }));

describe("what Svelte does only to markup of a server", () => {
  it.each(NEVER_HYDRATED.filter((name) => name.startsWith("$.")))("%s is a function of it", (name) => {
    expect(client[name.slice(2)]).toBeTypeOf("function");
  });

  it.each(["reset", "remove_textarea_child", "remove_input_defaults"])("%s leaves a node alone", (name) => {
    const step = client[name] as (node: unknown) => unknown;

    expect(step(untouchable)).toBeUndefined();
  });
});
