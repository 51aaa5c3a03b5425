import type { Call } from "../call.ts";
import { clientOf } from "../client/running.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { hasScreen } from "../page/has-screen.ts";

export interface OpenOptions {
  readonly print?: boolean;
  readonly signOutOthers?: boolean;
}

/** `mimolo open`: the page with a fresh code; at a terminal with a screen beside it the browser is sent there, too. */
export async function open(call: Call<OpenOptions>): Promise<ExitCode> {
  const { output, options, surroundings } = call;
  const client = await clientOf(call);
  if (options.signOutOthers === true) await client.post("/logout", { body: { all: true } });
  const { address, expires_at } = await client.post("/login/code", { body: {} });
  if (address === null) {
    const hint = "Start it without --no-dashboard, and with `dashboard = true` under [control].";
    throw new CliError("no-page", EXIT.failed, "this collector listens on no port, so nobody can open its page", hint);
  }
  if (output.options.json) {
    await output.json({ address, expires_at });
    return EXIT.done;
  }
  await output.print(address);
  const isOpened =
    options.print !== true && output.isTerminal && hasScreen(surroundings.env) && (await isShown(address));
  output.note(
    isOpened ? "  Your browser opens it." : "  Open it in a browser of this machine: good once, for five minutes.",
  );
  return EXIT.done;
}

async function isShown(address: string): Promise<boolean> {
  const { default: show } = await import("open");
  return await show(address).then(
    () => true,
    () => false,
  );
}
