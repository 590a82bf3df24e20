import { openAzure } from "../azure/session";
import type { AzureSession } from "../azure/session";
import { openRollout } from "../stack/openRollout";
import type { OpenRollout, RolloutChoice } from "../stack/openRollout";
import { readUse } from "../stack/updateUnderWay";
import type { RolloutView } from "../view/rolloutView";
import { buildView } from "./buildView";
import type { CommandOptions, RolloutFacts } from "./situation";

/** Facts with the rollout that they are of, as a verb opens it. */
export interface OpenedFacts extends RolloutFacts {
  readonly rollout: OpenRollout;
}

/** Reads a rollout as often as it is asked. Nothing is written. */
export class RolloutReader {
  private rollout: OpenRollout | undefined;
  private session: { readonly endpointId: string | undefined; readonly azure: Promise<AzureSession> } | undefined;

  constructor(
    private readonly choice: RolloutChoice,
    private readonly options: CommandOptions,
    private readonly signal?: AbortSignal,
  ) {}

  /** @throws Error when the stack, its config or the endpoint cannot be read */
  async read(): Promise<RolloutView> {
    return buildView(await this.readFacts());
  }

  /** What a view is built from. @throws as `read` */
  async readFacts(): Promise<OpenedFacts> {
    const facts = await this.look();
    // An update that ends just now has left its lock and not yet its traces in what was read before.
    return facts.use.cutOff === undefined ? facts : this.look();
  }

  /** The rollout as it was last read, and the sign-in for it; undefined before. */
  get opened(): { readonly rollout: OpenRollout; readonly azure: Promise<AzureSession> } | undefined {
    const { rollout, session } = this;
    return rollout && session && { rollout, azure: session.azure };
  }

  private async look(): Promise<OpenedFacts> {
    const { choice, signal, options } = this;
    const rollout = await openRollout(choice, signal, this.rollout);
    this.rollout = rollout;
    const azure = await this.azureOf(rollout);
    const live = await azure.readRollout();
    const use = await readUse(rollout.pulumi, rollout.place, rollout.cwd, rollout.state);
    return { rollout, live, use, now: live.at, options };
  }

  /** Signs in once for each endpoint that the stack has had. */
  private azureOf(rollout: OpenRollout): Promise<AzureSession> {
    const endpointId = rollout.component?.endpointId;
    if (this.session === undefined || this.session.endpointId !== endpointId) {
      const azure = openAzure(rollout, this.signal);
      this.session = { endpointId, azure };
      // Who could not sign in tries again with the next read.
      azure.catch(() => (this.session = undefined));
    }
    return this.session.azure;
  }
}
