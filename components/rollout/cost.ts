import type { DeploymentSizes } from "./quota";

/** Machine prices, as declared. */
export interface Prices {
  /** Price per machine and hour, by instance type. */
  readonly hourlyPrices: Readonly<Record<string, number>>;
  readonly currency?: string;
}

/** What the declared deployments cost a day while they run side by side, rounded to hundredths. */
export interface DailyCost {
  readonly currency?: string;
  /** By deployment, for its initial machines. */
  readonly deployments: Readonly<Record<string, number>>;
  readonly total: number;
  /** The same with all the machines that autoscale may add. */
  readonly most: number;
  /** Instance types without a price; their machines are not in the sums. */
  readonly unpriced: string[];
}

const HOURS = 24;

export function dailyCost(sizes: DeploymentSizes, { hourlyPrices, currency }: Prices): DailyCost {
  const prices = new Map(Object.entries(hourlyPrices).map(([type, price]) => [type.toLowerCase(), price]));
  const all = Object.entries(sizes).map(([name, size]) => {
    return { name, ...size, price: prices.get(size.instanceType.toLowerCase()) };
  });
  const priced = all.flatMap(({ name, instances, mostInstances, price }) =>
    price === undefined ? [] : [{ name, first: instances * price * HOURS, most: mostInstances * price * HOURS }],
  );
  const unpriced = all.filter(({ price }) => price === undefined).map(({ instanceType }) => instanceType);
  return {
    ...(currency !== undefined && { currency }),
    deployments: Object.fromEntries(priced.map(({ name, first }) => [name, rounded(first)])),
    total: rounded(priced.reduce((sum, { first }) => sum + first, 0)),
    most: rounded(priced.reduce((sum, { most }) => sum + most, 0)),
    unpriced: [...new Set(unpriced)],
  };
}

/** `cost     default 6.48, green 12.96: 19.44 EUR a day`. */
export function describeCost({ deployments, total, most, currency, unpriced }: DailyCost): string {
  const parts = Object.entries(deployments).map(([name, cost]) => `${name} ${money(cost)}`);
  const sum = most > total ? `${money(total)} to ${money(most)}` : money(total);
  const unit = currency === undefined ? "a day" : `${currency} a day`;
  const known = parts.length === 0 ? [] : [`${parts.join(", ")}: ${sum} ${unit}`];
  const unknown = unpriced.length === 0 ? [] : [`no price for ${unpriced.join(", ")}`];
  return `cost     ${[...known, ...unknown].join("; ")}`;
}

function rounded(amount: number): number {
  return Math.round(amount * 100) / 100;
}

function money(amount: number): string {
  return amount.toFixed(2);
}
