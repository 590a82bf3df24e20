/**
 * Declares resources without the stack that Pulumi's SDK keeps for each of its promises, dozens for a resource, to name
 * those that never end. To take one costs the most where a program runs with source maps: a quarter of what a component takes.
 * `PULUMI_DEBUG_PROMISE_LEAKS`, for which they are kept, gets them.
 */
export function withoutStacks<T>(declare: () => T): T {
  if ((process.env["PULUMI_DEBUG_PROMISE_LEAKS"] ?? "") !== "") return declare();
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return declare();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
