import { Scope, Timestamp } from "@mimolo/protocol";
import { z } from "zod";
import { readJsonFile, writeJsonFile } from "../../owner-file.ts";

const MOST = 64;

/** A token that somebody logged in for; the token itself is kept nowhere. */
export const Session = z.object({ digest: z.string().regex(/^[\da-f]{64}$/u), scope: Scope, expires_at: Timestamp });
export type Session = z.infer<typeof Session>;

const SessionsFile = z.object({ sessions: z.array(Session).max(MOST) });

/** The tokens that were handed out, oldest first; a file that cannot be read is none. */
export class Sessions {
  readonly #file: string;
  #all: readonly Session[];

  constructor(file: string) {
    this.#file = file;
    this.#all = SessionsFile.safeParse(readJsonFile(file)).data?.sessions ?? [];
  }

  get all(): readonly Session[] {
    return this.#all;
  }

  /** The oldest goes when there are too many. */
  add(session: Session): void {
    this.#keep([...this.#all, session].slice(-MOST));
  }

  remove(digest: string): void {
    this.#keep(this.#all.filter((session) => session.digest !== digest));
  }

  clear(): void {
    this.#keep([]);
  }

  #keep(sessions: readonly Session[]): void {
    writeJsonFile(this.#file, { sessions });
    this.#all = sessions;
  }
}
