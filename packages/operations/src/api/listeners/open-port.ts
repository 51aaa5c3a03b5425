import { CollectorError } from "../../error.ts";
import type { Listener } from "./listener.ts";

/** Only this: no other machine reaches it, whatever its network. */
const HOST = "127.0.0.1";

export interface WantedPort {
  /** 0: any free one. */
  readonly port: number;
  /** Whether somebody asked for this very one; then no other will do. */
  readonly isAsked: boolean;
}

/** Listens on the port, or on any free one when nobody asked for it and it is taken. Throws `CollectorError` `port-taken`, in the
 *  second case only where there is no free one, or none may be opened. */
export async function openPort(listener: () => Listener, { port, isAsked }: WantedPort): Promise<Listener> {
  const first = listener();
  try {
    await first.listen({ host: HOST, port });
    return first;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (isAsked || port === 0) throw taken(port, code, error);
    const other = listener();
    await other.listen({ host: HOST, port: 0 }).catch((cause: NodeJS.ErrnoException) => {
      throw taken(port, cause.code ?? "", cause);
    });
    return other;
  }
}

function taken(port: number, code: string, cause: unknown): CollectorError {
  const why = code === "EADDRINUSE" ? "is used by another program" : `cannot be used (${code})`;
  const hint =
    "choose another one (`--port N`, `[control] port`), `--port 0` (in a program `control: { port: 0 }`) for any free one, " +
    "or `--no-dashboard`";
  return new CollectorError("port-taken", `port ${port} of ${HOST} ${why}`, hint, { cause });
}
