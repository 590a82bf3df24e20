/**
 * Runs work in lanes: one after the other within a lane, and so many lanes at the same time.
 *
 * @throws what the first work that fails throws, after all lanes have ended
 */
export async function inTurns<T>(
  lanes: readonly (readonly T[])[],
  atOnce: number,
  work: (item: T, place: number) => Promise<void>,
): Promise<void> {
  const waiting = [...lanes];
  const errors: unknown[] = [];
  const take = async (): Promise<void> => {
    for (let lane = waiting.shift(); lane !== undefined && errors.length === 0; lane = waiting.shift()) {
      try {
        for (const [place, item] of lane.entries()) await work(item, place);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, lanes.length) }, take));
  if (errors.length > 0) throw errors[0];
}

/** Items of the same key in one lane, in their order. */
export function lanesOf<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const lanes = new Map<string, T[]>();
  for (const item of items) {
    const lane = lanes.get(keyOf(item));
    if (lane === undefined) lanes.set(keyOf(item), [item]);
    else lane.push(item);
  }
  return [...lanes.values()];
}
