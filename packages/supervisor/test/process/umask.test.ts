import { expect, test } from "vitest";
import { begin } from "./supervise.ts";

test.skipIf(process.platform === "win32")(
  "what an agent writes is its user's alone, and our own mask stays",
  async () => {
    const before = process.umask(0o022);
    const { messages, until } = begin("tells-umask.sh");
    const said = await until(() => messages.find((message) => message.type === "log"));
    expect(JSON.parse(said.line)).toMatchObject({ message: "0077" });
    expect(process.umask(before)).toBe(0o022);
  },
);
