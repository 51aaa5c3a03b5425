import type { CommandReport, InvokeReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { clientOf } from "../client/running.ts";
import type { Client } from "../client/client.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { whileBusy } from "../present/busy.ts";
import { resultLines } from "../present/plain-result.ts";
import { table } from "../present/table.ts";
import { printable } from "../present/width.ts";

/** What a plugin says of one of its commands. */
interface ListedCommand {
  readonly name: string;
  readonly description?: string;
  readonly args?: readonly unknown[];
}

/** `mimolo x PLUGIN COMMAND [ARGS…]`: has a plugin carry out one of its commands; without one, lists them. */
export async function x(call: Call): Promise<ExitCode> {
  const { output } = call;
  const [plugin = "", command, ...args] = call.arguments;
  const client = await clientOf(call);
  if (command === undefined) return await list(call, client, plugin);
  const { plugin_id, data: result } = await whileBusy(output, `${plugin} ${command}`, () =>
    ask(client, plugin, "execute", { name: command, args }),
  );
  const report: CommandReport = { plugin_id, command, args, result };
  if (output.options.json) await output.json(report);
  else await output.print(...resultLines(result));
  return EXIT.done;
}

async function list({ output }: Call, client: Client, plugin: string): Promise<ExitCode> {
  const { plugin_id, data } = await ask(client, plugin, "list", {});
  if (output.options.json) await output.json({ plugin_id, commands: data });
  else {
    const commands = Array.isArray(data) ? data.flatMap((each) => listed(each)) : [];
    if (commands.length === 0) output.note(`${plugin_id} lists no commands`);
    else
      await output.print(
        ...table([{ title: "COMMAND" }, { title: "WHAT IT DOES" }], commands.map(rowOf), output.colour),
      );
  }
  return EXIT.done;
}

function ask(client: Client, plugin: string, method: string, params: object): Promise<InvokeReport> {
  return client.post("/plugins/{id}/invoke", { path: { id: plugin }, body: { interface: "command", method, params } });
}

/** A command may be listed by its name alone. */
function listed(said: unknown): ListedCommand[] {
  if (typeof said === "string") return [{ name: said }];
  const { name, description, args } = Object(said) as Record<string, unknown>;
  if (typeof name !== "string") return [];
  return [
    {
      name,
      ...(typeof description === "string" ? { description } : {}),
      ...(Array.isArray(args) ? { args } : {}),
    },
  ];
}

function rowOf({ name, description = "", args = [] }: ListedCommand): string[] {
  const words = args.map((arg) => (typeof arg === "string" ? arg : String((Object(arg) as { name?: unknown }).name)));
  return [printable([name, ...words].join(" ")), printable(description)];
}
