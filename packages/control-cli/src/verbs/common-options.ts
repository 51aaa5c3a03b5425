// Options that several verbs share; each verb gets one of its own.
import { Option } from "commander";

/** `--from`: half-open with `--to`. */
export const fromOption = () =>
  new Option("--from <time>", "from this time on: a date (that local day), a local time, or with a zone");

/** `--to`, itself left out. */
export const toOption = () => new Option("--to <time>", "up to this time, itself left out");

/** `-f`: go on as `what` come. */
export const followOption = (what: string) =>
  new Option("-f, --follow", `go on with ${what} as they come, until Ctrl-C`);

/** `--grant`: takes many. */
export const grantOption = (what: string) =>
  new Option("--grant <cap...>", `${what}, such as network filesystem subprocess`);
