/** From here on the series is exact to a double. */
const LARGE = 15;

/** The natural logarithm of the gamma function of a number above 0, by Stirling's series. */
export function logGamma(x: number): number {
  let [shifted, product] = [x, 1];
  while (shifted < LARGE) {
    product *= shifted;
    shifted += 1;
  }
  const inverse = 1 / shifted;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}

/** The natural logarithm of the beta function. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}
