import { expect, test } from "vitest";
import { type AllowedCalls, systemCallFilter } from "../../src/sandbox/system-calls.ts";

const X64 = 0xc000003e;
const ARM64 = 0xc00000b7;
const nothing: AllowedCalls = { processes: false, unixSockets: false, network: false };

/** What the kernel would answer: runs the filter as the kernel does. */
function answer(
  arch: string,
  allowed: AllowedCalls,
  call: number,
  args: readonly number[] = [],
  audit = arch === "x64" ? X64 : ARM64,
) {
  const program = systemCallFilter(arch, allowed);
  if (program === null) throw new Error("no filter");
  const code = new DataView(program.buffer);
  const data = new DataView(new ArrayBuffer(64));
  data.setUint32(0, call, true);
  data.setUint32(4, audit, true);
  args.forEach((value, at) => data.setUint32(16 + 8 * at, value, true));
  let register = 0;
  for (let at = 0; at < program.length; at += 8) {
    const [operation, ifTrue, ifFalse, value] = [
      code.getUint16(at, true),
      code.getUint8(at + 2),
      code.getUint8(at + 3),
      code.getUint32(at + 4, true),
    ] as [number, number, number, number];
    const jump = (yes: boolean) => (at += 8 * (yes ? ifTrue : ifFalse));
    if (operation === 0x20) register = data.getUint32(value, true);
    else if (operation === 0x54) register &= value;
    else if (operation === 0x15) jump(register === value);
    else if (operation === 0x35) jump(register >= value);
    else if (operation === 0x45) jump((register & value) !== 0);
    else if (operation === 0x06) return value === 0x7fff0000 ? "allowed" : `error ${value & 0xffff}`;
    else throw new Error(`instruction ${operation}`);
  }
  throw new Error("it ran off its end");
}

const EPERM = "error 1";
const ENOSYS = "error 38";
const THREAD = 0x003d0f00;
const FORK = 0x01200011;

test.each([
  ["x64", "read", [0], "allowed"],
  ["x64", "a thread", [56, THREAD], "allowed"],
  ["x64", "a fork by clone", [56, FORK], EPERM],
  ["x64", "fork", [57], EPERM],
  ["x64", "vfork", [58], EPERM],
  ["x64", "clone3: libraries then take clone", [435], ENOSYS],
  ["x64", "io_uring", [425], ENOSYS],
  ["x64", "unshare", [272, 0x10000000], EPERM],
  ["x64", "ptrace", [101, 16, 1], EPERM],
  ["x64", "a Unix socket", [41, 1, 1], EPERM],
  ["x64", "an internet socket", [41, 2, 1], "allowed"],
  ["x64", "a socket to the machine's host", [41, 40, 1], EPERM],
  ["x64", "the keys of the session", [250, 0], EPERM],
  ["x64", "another's open files", [438], EPERM],
  ["arm64", "the keys of the session", [219, 0], EPERM],
  ["x64", "a pair of streams", [53, 1, 1], "allowed"],
  ["x64", "a pair of datagram sockets, flags or not", [53, 1, 2 | 0x80000], EPERM],
  ["x64", "execve: the runtime itself is started so", [59], "allowed"],
  ["x64", "the x32 table", [0x40000000 + 41, 1], EPERM],
  ["arm64", "a thread", [220, THREAD], "allowed"],
  ["arm64", "a fork by clone", [220, FORK], EPERM],
  ["arm64", "a Unix socket", [198, 1, 1], EPERM],
  ["arm64", "unshare", [97], EPERM],
] as const)("%s, nothing granted: %s", (arch, _, [call, ...args], expected) => {
  expect(answer(arch, nothing, call, args)).toBe(expected);
});

test("with processes: forks, but no namespace of its own", () => {
  const allowed = { processes: true, unixSockets: false, network: false };
  expect(answer("x64", allowed, 57)).toBe("allowed");
  expect(answer("x64", allowed, 56, [FORK])).toBe("allowed");
  expect(answer("x64", allowed, 56, [FORK | 0x10000000])).toBe(EPERM);
  expect(answer("x64", allowed, 41, [1])).toBe(EPERM);
});

test("with Unix sockets: those", () => {
  const allowed = { processes: false, unixSockets: true, network: false };
  expect(answer("x64", allowed, 41, [1, 1])).toBe("allowed");
  expect(answer("x64", allowed, 53, [1, 2])).toBe("allowed");
  expect(answer("x64", allowed, 57)).toBe(EPERM);
});

test("a call of another processor's table is refused; a processor we do not know has no filter", () => {
  expect(answer("x64", { processes: true, unixSockets: true, network: false }, 0, [], 0x40000003)).toBe(EPERM);
  expect(systemCallFilter("mips", nothing)).toBeNull();
});

test("with the network: sockets of every kind, Unix ones if those are allowed too", () => {
  const allowed = { processes: false, unixSockets: false, network: true };
  expect([2, 10, 16, 40].map((family) => answer("x64", allowed, 41, [family]))).toEqual(Array(4).fill("allowed"));
  expect(answer("x64", allowed, 41, [1])).toBe(EPERM);
  expect(answer("x64", { ...allowed, unixSockets: true }, 41, [1])).toBe("allowed");
});
