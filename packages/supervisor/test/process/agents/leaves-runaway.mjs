#!/usr/bin/env node
// Dies at once, while a grandchild in a session of its own keeps stdout and goes on writing.
import { spawn } from "node:child_process";

const script = "let i = 0; const t = setInterval(() => { console.log('late'); if (++i > 40) clearInterval(t); }, 50)";
spawn(process.execPath, ["-e", script], { detached: true, stdio: ["ignore", "inherit", "ignore"] }).unref();
process.exit(0);
