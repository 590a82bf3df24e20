/** Halvings of an interval until it is as narrow as a double can be. */
const HALVINGS = 60;

/**
 * The lower end of the numbers that hold.
 *
 * @param holds - false up to somewhere between `low` and `high`, then true
 */
export function lowestThat(holds: (x: number) => boolean, low: number, high: number): number {
  let [below, above] = [low, high];
  for (let count = 0; count < HALVINGS; count += 1) {
    const middle = (below + above) / 2;
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}
