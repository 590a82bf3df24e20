/** How many are writing to Azure or to a stack. */
let writers = 0;

/**
 * Whoever reads the output may have seen enough, as `head` has, or be gone, as a closed terminal is: then the process
 * ends, unless something is being written.
 */
export function endWithReader(streams: readonly NodeJS.WriteStream[] = [process.stdout, process.stderr]): void {
  for (const stream of streams)
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
      if (writers === 0) process.exit();
    });
}

/** From now on the process outlives whoever reads its output. @returns what ends that */
export function outliveReader(): () => void {
  writers += 1;
  return () => void (writers -= 1);
}
