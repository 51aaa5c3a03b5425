// A filter of system calls in the kernel's own little language (BPF), for what mounts and namespaces cannot withhold.

/** What the filter lets through. */
export interface AllowedCalls {
  /** Starting processes; threads always may be. */
  readonly processes: boolean;
  /** Speaking to Unix sockets. */
  readonly unixSockets: boolean;
  /** Sockets of every other kind; without, those of the internet alone, which end in the sandbox's own empty network. */
  readonly network: boolean;
}

interface Numbers {
  readonly audit: number;
  readonly fork: readonly number[];
  readonly clone: number;
  readonly clone3: number;
  readonly socket: number;
  readonly socketpair: number;
  readonly unshare: number;
  readonly ioUring: number;
  /** Reaching into another process, into the kernel's keys of the session, or into the kernel itself. */
  readonly reach: readonly number[];
  /** Numbers from here on belong to another table of the same processor. */
  readonly others: number | null;
}

const NUMBERS: Readonly<Record<string, Numbers>> = {
  x64: {
    audit: 0xc000003e,
    fork: [57, 58],
    clone: 56,
    clone3: 435,
    socket: 41,
    socketpair: 53,
    unshare: 272,
    ioUring: 425,
    reach: [101, 310, 311, 248, 249, 250, 308, 298, 321, 323, 438],
    others: 0x40000000,
  },
  arm64: {
    audit: 0xc00000b7,
    fork: [],
    clone: 220,
    clone3: 435,
    socket: 198,
    socketpair: 199,
    unshare: 97,
    ioUring: 425,
    reach: [117, 270, 271, 217, 218, 219, 268, 241, 280, 282, 438],
    others: null,
  },
};

const LOAD = 0x20;
const EQUALS = 0x15;
const AT_LEAST = 0x35;
const HAS_BITS = 0x45;
const AND = 0x54;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const NOT_PERMITTED = 0x00050001;
const NO_SUCH_CALL = 0x00050026;
/** Offsets in `struct seccomp_data`. */
const NUMBER = 0;
const AUDIT = 4;
const FIRST = 16;
const SECOND = 24;
const CLONE_THREAD = 0x00010000;
const CLONE_NEWUSER = 0x10000000;
const AF_UNIX = 1;
/** Of the internet, old and new, and what asks the kernel for addresses. */
const OF_THE_INTERNET = [2, 10, 16];
const SOCK_DGRAM = 2;

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, value: number];
const load = (offset: number): Instruction => [LOAD, 0, 0, offset];
const end = (answer: number): Instruction => [RETURN, 0, 0, answer];
/** Runs `then` for this call only; each `then` ends with an answer. */
const when = (call: number, ...then: readonly Instruction[]): Instruction[] => [
  [EQUALS, 0, then.length, call],
  ...then,
];

/** The filter for a processor, ready for bubblewrap; null for one whose numbers we do not know. Namespaces of its
 *  own, reaching into other processes or the keys of the session, and `io_uring`, whose calls no filter sees, are withheld always;
 *  `clone3` too, whose flags cannot be read: libraries then take `clone`. */
export function systemCallFilter(arch: string, allowed: AllowedCalls): Uint8Array | null {
  const table = NUMBERS[arch];
  if (table === undefined) return null;
  return encode([
    load(AUDIT),
    [EQUALS, 1, 0, table.audit],
    end(NOT_PERMITTED),
    load(NUMBER),
    ...(table.others === null ? [] : [[AT_LEAST, 0, 1, table.others] as const, end(NOT_PERMITTED)]),
    ...when(table.clone3, end(NO_SUCH_CALL)),
    ...when(table.ioUring, end(NO_SUCH_CALL)),
    ...[table.unshare, ...table.reach].flatMap((call) => when(call, end(NOT_PERMITTED))),
    ...(allowed.processes
      ? when(table.clone, load(FIRST), [HAS_BITS, 0, 1, CLONE_NEWUSER], end(NOT_PERMITTED), end(ALLOW))
      : [
          ...when(table.clone, load(FIRST), [HAS_BITS, 1, 0, CLONE_THREAD], end(NOT_PERMITTED), end(ALLOW)),
          ...table.fork.flatMap((call) => when(call, end(NOT_PERMITTED))),
        ]),
    ...when(table.socket, ...socketsOf(allowed)),
    ...(allowed.unixSockets
      ? []
      : [
          // A pair of datagram sockets can be pointed somewhere else afterwards.
          ...when(
            table.socketpair,
            load(SECOND),
            [AND, 0, 0, 0xf],
            [EQUALS, 0, 1, SOCK_DGRAM],
            end(NOT_PERMITTED),
            end(ALLOW),
          ),
        ]),
    end(ALLOW),
  ]);
}

/** Some families, such as the one between a virtual machine and its host, know no network of the sandbox's own. */
function socketsOf({ network, unixSockets }: AllowedCalls): Instruction[] {
  const refused: Instruction[] = unixSockets ? [] : [[EQUALS, 0, 1, AF_UNIX], end(NOT_PERMITTED)];
  if (network) return [load(FIRST), ...refused, end(ALLOW)];
  const families = unixSockets ? [...OF_THE_INTERNET, AF_UNIX] : OF_THE_INTERNET;
  return [
    load(FIRST),
    ...families.flatMap((family): Instruction[] => [[EQUALS, 0, 1, family], end(ALLOW)]),
    end(NOT_PERMITTED),
  ];
}

/** `struct sock_filter`, 8 bytes each; both processors are little-endian. */
function encode(program: readonly Instruction[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(8 * program.length));
  program.forEach(([code, ifTrue, ifFalse, value], at) => {
    bytes.setUint16(8 * at, code, true);
    bytes.setUint8(8 * at + 2, ifTrue);
    bytes.setUint8(8 * at + 3, ifFalse);
    bytes.setUint32(8 * at + 4, value, true);
  });
  return new Uint8Array(bytes.buffer);
}
