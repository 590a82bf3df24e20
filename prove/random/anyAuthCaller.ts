import { ScoringClient } from "../../driver/scoringClient";
import type { Score, ScoringTarget } from "../../driver/scoringClient";

const REFUSED = 401;

/** A caller with credentials for every auth mode; when refused, it gets a new credential and retries. */
export class AnyAuthCaller extends ScoringClient {
  private credential = "";

  /** @param credentials - fresh ones, of each auth mode */
  constructor(
    ca: string,
    private readonly credentials: readonly (() => Promise<string>)[],
  ) {
    super(ca);
  }

  override async score(target: ScoringTarget, deployment?: string): Promise<Score> {
    const first = await super.score({ ...target, key: this.credential }, deployment);
    let last = first;
    for (const credential of this.credentials) {
      if (last.status !== REFUSED) return last;
      const key = await credential();
      last = await super.score({ ...target, key }, deployment);
      if (last.status !== REFUSED) this.credential = key;
    }
    return last;
  }
}
