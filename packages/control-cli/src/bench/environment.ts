const NEEDED = ["PATH", "HOME", "TMPDIR", "TEMP", "XDG_RUNTIME_DIR", "SystemRoot"];

/** What measured processes get of ours: an extra certificate file or a loader in `NODE_OPTIONS` would be measured too. */
export function scrubbedEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of NEEDED) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}
