import type { TrafficState, Weights } from "../../components/rollout/weights";

/** A deployment as it is declared. */
export interface DeclaredDeployment {
  readonly version: string;
  readonly instances: number;
}

/** All of an endpoint that may change while it serves. */
export interface Declared extends TrafficState {
  readonly deployments: Readonly<Record<string, DeclaredDeployment>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly authMode: "Key" | "AADToken" | "AMLToken";
  readonly publicNetworkAccess: "Enabled" | "Disabled";
}

export const FIRST: Declared = {
  deployments: { "slot-0": { version: "1", instances: 1 } },
  traffic: { "slot-0": 100 },
  mirrorTraffic: {},
  tags: {},
  authMode: "Key",
  publicNetworkAccess: "Enabled",
};

const MOST_DEPLOYMENTS = 4;
const AUTH_MODES = ["Key", "AADToken", "AMLToken"] as const;

/** Random legal changes of an endpoint, the same ones for the same numbers. */
export class RandomChanges {
  private added = 1;

  /** @param random - a number from 0 to below 1 for each choice */
  constructor(private readonly random: () => number) {}

  next(declared: Declared): Declared {
    const names = Object.keys(declared.deployments);
    return this.oneOf([
      () => this.reweight(declared),
      () => this.reweight(declared),
      () => this.mirror(declared),
      () => this.scale(declared),
      () => ({ ...declared, tags: { team: `team-${this.whole(3)}`, ...(this.whole(2) === 0 && { cost: "low" }) } }),
      () => (names.length < MOST_DEPLOYMENTS ? this.add(declared) : this.retire(declared)),
      () => (names.length > 1 ? this.retire(declared) : this.add(declared)),
      () => ({ ...declared, authMode: this.oneOf(AUTH_MODES) }),
      () => ({ ...declared, publicNetworkAccess: this.oneOf(["Enabled", "Disabled"] as const) }),
    ])();
  }

  /** Any whole weights; a mirrored deployment that now serves is no longer mirrored. */
  private reweight(declared: Declared): Declared {
    const traffic = this.weights(Object.keys(declared.deployments));
    const mirror = Object.entries(declared.mirrorTraffic).filter(([name]) => traffic[name] === 0);
    return { ...declared, traffic, mirrorTraffic: Object.fromEntries(mirror) };
  }

  private mirror(declared: Declared): Declared {
    const idle = Object.keys(declared.deployments).filter((name) => declared.traffic[name] === 0);
    const isOn = Object.keys(declared.mirrorTraffic).length > 0;
    const mirrorTraffic = isOn || idle.length === 0 ? {} : { [this.oneOf(idle)]: 1 + this.whole(50) };
    return { ...declared, mirrorTraffic };
  }

  private scale(declared: Declared): Declared {
    const name = this.oneOf(Object.keys(declared.deployments));
    const deployment = { version: "1", ...declared.deployments[name], instances: 1 + this.whole(5) };
    return { ...declared, deployments: { ...declared.deployments, [name]: deployment } };
  }

  /** A new deployment, at weight 0 or with a part of the traffic at once. */
  private add(declared: Declared): Declared {
    const name = `slot-${this.added++}`;
    const deployment = { version: String(1 + this.whole(2)), instances: 1 };
    const added = {
      ...declared,
      deployments: { ...declared.deployments, [name]: deployment },
      traffic: { ...declared.traffic, [name]: 0 },
    };
    return this.whole(2) === 0 ? added : this.reweight(added);
  }

  /** Removes a deployment; one with traffic gives it to the others first and is removed in a later change. */
  private retire(declared: Declared): Declared {
    const name = this.oneOf(Object.keys(declared.deployments));
    const { [name]: _, ...deployments } = declared.deployments;
    const { [name]: weight = 0, ...traffic } = declared.traffic;
    const { [name]: mirrored, ...mirrorTraffic } = declared.mirrorTraffic;
    if (weight === 0 && mirrored === undefined) return { ...declared, deployments, traffic };
    const others =
      weight === 0 ? { traffic, mirrorTraffic } : this.reweight({ ...declared, deployments, traffic, mirrorTraffic });
    return { ...declared, traffic: { ...others.traffic, [name]: 0 }, mirrorTraffic: others.mirrorTraffic };
  }

  private weights(names: readonly string[]): Weights {
    const cuts = names.slice(1).map(() => this.oneOf([0, 100, this.whole(101), this.whole(101)]));
    const all = [0, ...cuts.toSorted((a, b) => a - b), 100];
    return Object.fromEntries(names.map((name, index) => [name, (all[index + 1] ?? 0) - (all[index] ?? 0)]));
  }

  private whole(below: number): number {
    return Math.floor(this.random() * below);
  }

  private oneOf<T>(options: readonly T[]): T {
    const chosen = options[this.whole(options.length)];
    if (chosen === undefined) throw new Error("there is nothing to choose from");
    return chosen;
  }
}
