// A program that runs a plugin itself, and hears how far it has come.
import { agents } from "@mimolo/agents";
import { createCollector } from "@mimolo/operations";

/** Runs one plugin until it observes, reloads it, and resolves to what was heard of it. */
export async function lifeOfOne(dataDir) {
  const heard = [];
  const hear =
    (what) =>
    ({ pluginId, label }) =>
      heard.push(`${pluginId} (${label}) ${what}`);
  const collector = await createCollector({
    dataDir,
    builtins: agents,
    control: false,
    plugins: { load: { plugin: "mimolo.system-load" } },
    hooks: {
      onLoad: hear("is loaded"),
      onInitialize: hear("has its settings"),
      onActivate: hear("observes"),
      onSuspend: hear("observes no more"),
      onUnload: hear("is gone"),
    },
  });
  const activated = new Promise((resolve) => collector.on("plugin:activated", resolve));
  await collector.start();
  await activated;
  await collector.plugins.reload("mimolo.system-load");
  await collector.stop();
  return heard;
}
