interface Question {
  readonly id: number;
  readonly what: string;
  readonly params: object;
}

/** Answers the questions of the process that started this one, until it goes away. */
export function serve(handlers: Readonly<Record<string, (params: never) => unknown>>): void {
  // Ctrl-C at a terminal reaches every process of the group; the one that asked decides what ends.
  process.on("SIGINT", () => undefined);
  process.on("disconnect", () => process.exit(0));
  process.on("message", ({ id, what, params }: Question) => {
    void answer(handlers[what], params).then((answered) => process.send?.({ id, ...answered }));
  });
}

async function answer(
  handler: ((params: never) => unknown) | undefined,
  params: object,
): Promise<{ answer: unknown } | { error: string }> {
  try {
    return { answer: await handler?.(params as never) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
