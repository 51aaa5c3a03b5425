// Variables that make a program run other code before its own, whatever it is.

const ALWAYS: ReadonlySet<string> = new Set(
  `LD_PRELOAD LD_AUDIT DYLD_INSERT_LIBRARIES BASH_ENV PERL5OPT RUBYOPT PYTHONHOME LUA_INIT JAVA_TOOL_OPTIONS _JAVA_OPTIONS
  JDK_JAVA_OPTIONS PHPRC PHP_INI_SCAN_DIR GIT_EXEC_PATH GIT_SSH GIT_SSH_COMMAND GIT_EXTERNAL_DIFF GIT_PROXY_COMMAND`.split(
    /\s+/,
  ),
);
/** Of Node's options; others, such as the size of its heap, may be set. */
const LOADING =
  /(^|\s)(-r|--(require|import|loader|experimental-loader|env-file|env-file-if-exists|openssl-config|experimental-config-file|experimental-default-config-file|allow-[a-z-]+))(=|\s|$)/;

/** The first variable by which code that nobody judged would run in the agent; `null` without one. */
export function loadingVariable(env: Readonly<Record<string, string>>): string | null {
  return (
    Object.keys(env).find(
      (name) => ALWAYS.has(name.toUpperCase()) || (name.toUpperCase() === "NODE_OPTIONS" && loads(env[name] ?? "")),
    ) ?? null
  );
}

/** Node reads quotes and backslashes away, and both signs alike. */
function loads(options: string): boolean {
  return LOADING.test(options.replaceAll(/["\\]/g, "").replaceAll("_", "-"));
}
