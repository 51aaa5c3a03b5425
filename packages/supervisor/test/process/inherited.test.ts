import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { nodeSpawn, type SpawnRequest } from "../../src/index.ts";
import { boxed, place } from "./sandbox/box.ts";

function ran(request: Partial<SpawnRequest>) {
  return new Promise<{ text: string; code: number | null; signal: string | null }>((resolve, reject) => {
    let text = "";
    let ended: { code: number | null; signal: string | null } | null = null;
    let open = true;
    const settle = () => void (ended !== null && !open && resolve({ text, ...ended }));
    nodeSpawn(
      { executable: "/bin/sh", args: [], cwd: "/", environment: {}, ...request },
      {
        stdout: (chunk) => (text += Buffer.from(chunk).toString()),
        stderr: (chunk) => (text += Buffer.from(chunk).toString()),
        outputEnded: () => {
          open = false;
          settle();
        },
        drained: () => undefined,
        exited: (code, signal) => {
          ended = { code, signal };
          settle();
        },
        failed: (_, message) => reject(new Error(message)),
      },
    );
  });
}

const bytes = (text: string) => new TextEncoder().encode(text);

test.runIf(process.platform !== "win32")("bytes are read from descriptors 3 and 4 up to their end", async () => {
  const { text } = await ran({ args: ["-c", "cat <&4; cat <&3"], inherited: [bytes("three"), bytes("four ")] });
  expect(text).toBe("four three");
});

test.runIf(process.platform !== "win32")(
  "a megabyte arrives whole, and one that is never read keeps nobody",
  async () => {
    const megabyte = new Uint8Array(1_048_576).fill(65);
    expect((await ran({ args: ["-c", "wc -c <&3"], inherited: [megabyte] })).text.trim()).toBe("1048576");
    expect(await ran({ args: ["-c", "exit 7"], inherited: [megabyte] })).toMatchObject({ code: 7 });
  },
);

test.runIf(process.platform === "linux")("a child finds its pipes and nothing else of ours", async () => {
  const look = "for fd in /proc/self/fd/*; do readlink $fd; done";
  const { text } = await ran({ executable: "/bin/sh", args: ["-c", look], inherited: [bytes("x")] });
  const open = text.split("\n").filter((line) => line !== "" && line !== "/dev/null" && !line.startsWith("/proc/"));
  expect(open.every((line) => line.startsWith("socket:"))).toBe(true);
  expect(new Set(open).size).toBe(4);
});

test.runIf(needs("bwrap"))("behind the sandbox not even those: what was handed over is read by then", async () => {
  const look = "for fd in /proc/self/fd/*; do readlink $fd; done";
  const { request } = boxed(place(), ["sh", "-c", look], { capabilities: new Set(["subprocess"]) });
  const { text } = await ran(request);
  const open = text.split("\n").filter((line) => line !== "" && line !== "/dev/null" && !line.startsWith("/proc/"));
  expect(open.every((line) => line.startsWith("socket:"))).toBe(true);
  expect(new Set(open).size).toBe(3);
});

test.runIf(process.platform !== "win32")(
  "a wrapper's code of 128 + n is the signal n of what it wraps, and only then",
  async () => {
    const args = ["-c", "exit 137"];
    expect(await ran({ args, signalsAsCodes: true })).toMatchObject({ code: null, signal: "SIGKILL" });
    expect(await ran({ args })).toMatchObject({ code: 137, signal: null });
    expect(await ran({ args: ["-c", "exit 3"], signalsAsCodes: true })).toMatchObject({ code: 3, signal: null });
  },
);
