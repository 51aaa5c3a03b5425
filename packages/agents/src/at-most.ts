// Waiting, but not for ever.

/** Settles with `work`, or after `delayMs`; the work goes on. Rejects as `work` does. */
export async function atMost(
  clock: { after(delayMs: number, run: () => void): () => void },
  delayMs: number,
  work: Promise<void>,
): Promise<void> {
  let forget = () => {};
  const passed = new Promise<void>((resolve) => {
    forget = clock.after(delayMs, resolve);
  });
  try {
    await Promise.race([work, passed]);
  } finally {
    forget();
  }
}
