type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a browser that is started here would be seen by whoever typed: not over SSH, and on Linux only with a display. Where
 *  there is none, what opens addresses takes a browser that runs in the terminal. */
export function hasScreen(env: Environment, platform: NodeJS.Platform = process.platform): boolean {
  if (isSet(env["SSH_CONNECTION"]) || isSet(env["SSH_TTY"])) return false;
  if (platform === "darwin" || platform === "win32") return true;
  return isSet(env["DISPLAY"]) || isSet(env["WAYLAND_DISPLAY"]) || isSet(env["WSL_DISTRO_NAME"]);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
