import { GroupAccount } from "./group-account.ts";
import { IoAccount } from "./io-account.ts";
import type { StatLine } from "./stat-line.ts";
import type { StatHandle, StatReader } from "./stat-reader.ts";

const ZOMBIE = "Z".charCodeAt(0);
const DEAD = "X".charCodeAt(0);

/** One process that is, or was, of the group. */
export interface Member extends StatHandle {
  readonly startTicks: number;
  /** It has a group of its own now. It is watched until it ends, since its parent may still wait for it; no more is counted. */
  left: boolean;
  /** Dead, but nobody has waited for it yet. */
  dead: boolean;
  rssPages: number;
}

/** What PSS said last, and what RSS was then. */
export interface PssReading {
  readonly pssMib: number;
  readonly rssMib: number;
  readonly atMs: number;
}

/** One process group between two sweeps. */
export class ProcessGroup {
  readonly leader: number;
  readonly account = new GroupAccount();
  readonly io = new IoAccount();
  pss: PssReading | null = null;
  /** In the order they were found: parents before children. */
  readonly #members = new Map<number, Member>();
  readonly #reader: StatReader;

  constructor(leader: number, reader: StatReader) {
    this.leader = leader;
    this.#reader = reader;
  }

  /** The pids it watches. */
  get watched(): Iterable<number> {
    return this.#members.keys();
  }

  /** Those that live and belong to it. */
  get members(): Member[] {
    return [...this.#members.values()].filter(({ left, dead }) => !left && !dead);
  }

  /** The pids of those. */
  get pids(): number[] {
    const pids: number[] = [];
    for (const { pid, left, dead } of this.#members.values()) if (!left && !dead) pids.push(pid);
    return pids;
  }

  /** What those hold, shared pages counted for each. */
  get rssPages(): number {
    let pages = 0;
    for (const { rssPages, left, dead } of this.#members.values()) if (!left && !dead) pages += rssPages;
    return pages;
  }

  /** True when nobody of it is left, not even a dead one. */
  get isEmpty(): boolean {
    for (const { left } of this.#members.values()) if (!left) return false;
    return true;
  }

  /** Takes in a process just read. */
  join(handle: StatHandle, line: StatLine): void {
    const { startTicks } = line;
    const member: Member = Object.assign(handle, { startTicks, left: false, dead: false, rssPages: 0 });
    this.#members.set(member.pid, member);
    this.#note(member, line);
  }

  /** Reads everybody again, through `line`. */
  read(line: StatLine): void {
    for (const member of this.#members.values()) {
      const answer = this.#reader.read(member, line);
      if (answer === "unread") continue;
      if (answer === "read" && line.startTicks === member.startTicks) this.#note(member, line);
      else this.#part(member);
    }
  }

  close(): void {
    for (const member of this.#members.values()) this.#reader.close(member);
    this.#members.clear();
  }

  #note(member: Member, line: StatLine): void {
    member.left = line.pgrp !== this.leader && member.pid !== this.leader;
    member.dead = line.state === ZOMBIE || line.state === DEAD;
    member.rssPages = line.rssPages;
    if (!member.left) this.account.book(member.pid, line);
  }

  #part(member: Member): void {
    this.#reader.close(member);
    this.#members.delete(member.pid);
    this.account.vanished(member.pid);
  }
}
