// A host without a guardian: starts what its argument says, tells the pid and waits to be killed.
import { spawn } from "node:child_process";

const { executable, args, cwd, environment, inherited } = JSON.parse(process.argv[2]);
const child = spawn(executable, args, {
  cwd,
  env: environment,
  detached: true,
  stdio: ["pipe", "ignore", "inherit", ...inherited.map(() => "pipe")],
});
inherited.forEach((bytes, at) => child.stdio[3 + at].end(Buffer.from(bytes, "base64")));
console.log(child.pid);
setInterval(() => undefined, 1_000);
