// The program that shows a notice on this desktop, as words: never as a line that a shell would read.
import { CallError } from "@mimolo/agent-sdk";
import type { Notice } from "./notice.ts";

/** A program with its arguments and what is added to its environment. */
export interface Words {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** How a program ended; `code` is null where a signal ended it. */
export type Ended =
  | { readonly started: true; readonly code: number | null; readonly stderr: string }
  | { readonly started: false };

/** Runs a program to its end. Never rejects. */
export type RunProgram = (words: Words, signal: AbortSignal) => Promise<Ended>;

/** What the desktop is known by. */
export interface Desktop {
  readonly platform: NodeJS.Platform;
  /** Address of the session's message bus; null where there is none. Linux and the like alone have one. */
  readonly bus: string | null;
  readonly run: RunProgram;
}

/** Shows a notice; rejects with `CallError` `not-available` where there is no desktop, or nothing to show notices with. */
export async function shownOnDesktop(
  notice: Notice,
  { platform, bus, run }: Desktop,
  signal: AbortSignal,
): Promise<{ readonly way: "desktop"; readonly program: string }> {
  const isUnix = platform !== "darwin" && platform !== "win32";
  if (isUnix && bus === null) throw unavailable("there is no desktop session here: no message bus to show notices by");
  const words = wordsFor(notice, platform, bus);
  const ended = await run(words, signal);
  if (!ended.started)
    throw unavailable(`${words.program} is not here${isUnix ? " (Debian: apt install libnotify-bin)" : ""}`);
  if (ended.code !== 0) {
    const why = ended.stderr.trim().split("\n")[0]?.slice(0, 200) ?? "";
    throw unavailable(`${words.program} could not show it${why === "" ? "" : `: ${why}`}`);
  }
  return { way: "desktop", program: words.program };
}

function unavailable(why: string): CallError {
  return new CallError("not-available", `${why}; a webhook works everywhere: set webhook = "https://…"`);
}

/** What shows a notice on a platform. */
export function wordsFor({ title, text, urgency }: Notice, platform: NodeJS.Platform, bus: string | null): Words {
  if (platform === "darwin") {
    // The first word keeps a title that begins with a dash from being taken for an option.
    const args = ["on run words", "display notification (item 3 of words) with title (item 2 of words)", "end run"];
    return {
      program: "osascript",
      args: [...args.flatMap((line) => ["-e", line]), "mimolo", title, text],
      environment: {},
    };
  }
  if (platform === "win32") {
    const args = ["-NoProfile", "-NonInteractive", "-Command", TOAST];
    return { program: "powershell.exe", args, environment: { MIMOLO_NOTICE_TITLE: title, MIMOLO_NOTICE_TEXT: text } };
  }
  const markup = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return {
    program: "notify-send",
    args: ["--app-name=MiMoLo", `--urgency=${urgency}`, "--", title, markup],
    environment: bus === null ? {} : { DBUS_SESSION_BUS_ADDRESS: bus },
  };
}

/** The same for every notice: what is said comes by the environment, which nothing reads as a program. */
const TOAST = [
  "$m=[Windows.UI.Notifications.ToastNotificationManager,Windows.UI.Notifications,ContentType=WindowsRuntime]",
  "$x=$m::GetTemplateContent(1)",
  "$t=$x.GetElementsByTagName('text')",
  "$null=$t.Item(0).AppendChild($x.CreateTextNode($env:MIMOLO_NOTICE_TITLE))",
  "$null=$t.Item(1).AppendChild($x.CreateTextNode($env:MIMOLO_NOTICE_TEXT))",
  "$n=[Windows.UI.Notifications.ToastNotification,Windows.UI.Notifications,ContentType=WindowsRuntime]::new($x)",
  "$m::CreateToastNotifier('{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe').Show($n)",
].join(";");
