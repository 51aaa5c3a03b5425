import { spawn } from "node:child_process";
import { join } from "node:path";
import { NotMeasured } from "./not-measured.ts";
import { packageFile } from "./package-files.ts";

/** Builds the native agent into `folder`; its path. Rejects with `NotMeasured` where there is no C compiler. */
export function buildNativeAgent(folder: string): Promise<string> {
  const program = join(folder, "native-agent");
  const source = packageFile("bench", "native-agent.c");
  return new Promise((resolve, reject) => {
    const compiler = spawn("cc", ["-O2", "-o", program, source], { stdio: "ignore" });
    compiler.once("error", () => reject(new NotMeasured("no C compiler")));
    compiler.once("exit", (code) => {
      if (code === 0) resolve(program);
      else reject(new NotMeasured("the C compiler does not build the native agent"));
    });
  });
}
