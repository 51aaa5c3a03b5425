// Fires `failed` and `fixed` when the result of your build changes. The build leaves it: `make; echo $? > .build-result`
import { readFile } from "node:fs/promises";
import { defineTrigger } from "@mimolo/agent-sdk";

await defineTrigger({
  id: "cookbook.build-watch",
  version: "1.0.0",
  start(fire, { config }) {
    let before = 0;
    const look = async () => {
      const text = await readFile(config.result, "utf8").catch(() => "");
      const code = Number.parseInt(text, 10);
      if (Number.isNaN(code) || (code === 0) === (before === 0)) return;
      before = code;
      fire(code === 0 ? "fixed" : "failed", { payload: { exit_code: code } });
    };
    const timer = setInterval(look, 1000 * (config.every_s ?? 2));
    return () => clearInterval(timer);
  },
}).run();
