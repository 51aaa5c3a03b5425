/** The command could not be started at all: it is not there, or may not be executed. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
  readonly command: string;

  constructor(command: string, cause: NodeJS.ErrnoException) {
    super(
      cause.code === "ENOENT" ? `there is no command ${command}` : `${command} cannot be started: ${cause.message}`,
      {
        cause,
      },
    );
    this.command = command;
  }
}
