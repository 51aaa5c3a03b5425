import type { PluginChangeReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { clientOf } from "../client/running.ts";
import type { Client } from "../client/client.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { byHolder } from "../desk/by-holder.ts";
import { BY } from "../desk/desk.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { whileBusy } from "../present/busy.ts";
import { changedLines } from "../present/plugin-change.ts";
import { asNextRun } from "./as-next-run.ts";

type Words = readonly string[];
type Switch = "load" | "unload" | "reload" | "enable" | "disable";

/** `mimolo plugin load ID`: its agents run until the collector ends. Exit code 3 without one. */
export const load = (call: Call<PluginOptions>, words: Words) => atWork(call, "load", words);

/** `mimolo plugin unload ID`: its agents end until the next start of the collector. */
export const unload = (call: Call<PluginOptions>, words: Words) => atWork(call, "unload", words);

/** `mimolo plugin reload ID`: exit code 1 when the new one did not come up and the old one runs again. */
export const reload = (call: Call<PluginOptions>, words: Words) => atWork(call, "reload", words);

/** `mimolo plugin enable ID`: it runs, at once and from now on. */
export const enable = (call: Call<PluginOptions>, words: Words) => forGood(call, "enable", words);

/** `mimolo plugin disable ID`: it runs no more, whatever the configuration says. */
export const disable = (call: Call<PluginOptions>, words: Words) => forGood(call, "disable", words);

const DOING: Readonly<Record<Switch, string>> = {
  load: "loading",
  unload: "unloading",
  reload: "reloading",
  enable: "enabling",
  disable: "disabling",
};

async function atWork(call: Call<PluginOptions>, verb: Switch, [id = ""]: Words): Promise<ExitCode> {
  const client = await clientOf(call);
  const report = await whileBusy(call.output, `${DOING[verb]} ${id}`, () => switched(client, verb, id));
  return await tell(call, report);
}

async function forGood(call: Call<PluginOptions>, verb: "enable" | "disable", [id = ""]: Words): Promise<ExitCode> {
  const report = await whileBusy(call.output, `${DOING[verb]} ${id}`, () =>
    byHolder(
      call,
      (client) => switched(client, verb, id),
      async () => {
        const { switchIdle } = await import("@mimolo/operations");
        return await switchIdle(asNextRun(call), verb, id, BY);
      },
    ),
  );
  return await tell(call, report);
}

function switched(client: Client, verb: Switch, id: string): Promise<PluginChangeReport> {
  return client.post(`/plugins/{id}/${verb}`, { path: { id } });
}

async function tell({ output }: Pick<Call, "output">, report: PluginChangeReport): Promise<ExitCode> {
  if (output.options.json) await output.json(report);
  else {
    const [first = "", ...more] = changedLines(report, output.colour, output.columns);
    await output.print(first);
    output.note(...more);
  }
  return EXIT.done;
}
