import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../bin/mimolo.js", import.meta.url));

/** Runs a command at a terminal of 80 columns and presses keys, each once its words are on the screen; before that it may run a
 *  command of the shell. */
const DRIVER = `
import fcntl, json, os, pty, signal, struct, subprocess, sys, termios
steps, argv = json.loads(sys.argv[1]), sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    os.execv(argv[0], argv)
screen, at = b"", 0
def give_up(*_):
    sys.stdout.buffer.write(screen + b"\\nwaits for: " + json.dumps(steps).encode())
    sys.stdout.flush()
    os._exit(99)
signal.signal(signal.SIGTERM, give_up)
while True:
    try:
        part = os.read(fd, 65536)
    except OSError:
        break
    if not part:
        break
    screen += part
    while steps and steps[0][0].encode() in screen[at:]:
        words, keys, *commands = steps.pop(0)
        for command in commands:
            subprocess.run(command, shell=True, check=True, stdout=sys.stderr)
        at = screen.index(words.encode(), at) + len(words.encode())
        os.write(fd, keys.encode())
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.stdout.buffer.write(screen)
sys.exit(code if code >= 0 else 128 - code)
`;

/** What a person at a terminal sees of `mimolo`, who answers `words` with `keys`. */
export function atTerminal(
  at: { readonly folder: string; readonly env: Record<string, string> },
  steps: readonly (readonly [words: string, keys: string, command?: string])[],
  ...argv: string[]
): Promise<{ readonly code: number | null; readonly screen: string }> {
  return new Promise((resolve, reject) => {
    const args = ["-c", DRIVER, JSON.stringify(steps), process.execPath, BIN, ...argv];
    const child = spawn("python3", args, {
      cwd: at.folder,
      env: { ...at.env, TERM: "xterm", LANG: "C.UTF-8" },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 30_000,
    });
    let screen = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (screen += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (screen += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, screen }));
  });
}
