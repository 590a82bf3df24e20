/** Lines kept of each container's log. */
const KEPT_LINES = 2000;

/** A container's log; the oldest lines are dropped. */
export class ContainerLog {
  private readonly lines: string[] = [];

  readonly write = (line: string): void => {
    this.lines.push(line);
    if (this.lines.length > KEPT_LINES * 1.2) this.lines.splice(0, this.lines.length - KEPT_LINES);
  };

  /**
   * Oldest first.
   *
   * @param tail - lines at the most @default all
   */
  read(tail = this.lines.length): readonly string[] {
    return this.lines.slice(Math.max(0, this.lines.length - tail));
  }
}

/** The logs of the containers of a deployment. */
export interface ContainerLogs {
  /** Where the model is scored. */
  readonly inferenceServer: ContainerLog;
  /** The storage initializer. */
  readonly storageInitializer: ContainerLog;
}
