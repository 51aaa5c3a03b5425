/** A tool that a test may want. */
export type Tool =
  | "bwrap"
  | "cargo"
  | "cc"
  | "chromium"
  | "git"
  | "go"
  | "minisign"
  | "mkfifo"
  | "openssl"
  | "python3"
  | "rustc"
  | "sh"
  | "sha256sum"
  | "unshare"
  | "Xvfb";

export const NOT_RUN: number;
export function needs(tool: Tool): boolean;
export function leaveWithout(...tools: Tool[]): void;
