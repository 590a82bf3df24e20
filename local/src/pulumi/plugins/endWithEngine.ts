const LOOK_MS = 1000;

/** Ends this process when the one that has started it is gone: an engine that is killed tells its plugins nothing. */
export function endWithEngine(): void {
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine) process.exit(0);
  }, LOOK_MS).unref();
}
