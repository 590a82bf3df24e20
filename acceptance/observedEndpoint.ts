import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { ScoringClient } from "../driver/scoringClient";
import type { ScoringTarget } from "../driver/scoringClient";
import { Load } from "../driver/load";
import type { LoadCount } from "../driver/load";
import { ArmClient } from "../conformance/target/armClient";
import { positiveWeights } from "../conformance/target/checks";
import { valueAt } from "../driver/azureClient";
import { editedEndpoint } from "../driver/editedEndpoint";
import type { Cloud } from "./cloud";
import { EXAMPLE } from "../driver/paths";

const ANSWERS = join(EXAMPLE, "expected-answers.json");

/** It runs for hours, and must not load a small machine. */
const PAUSE_MS = 50;

/** The stack's outputs. */
export type StackOutputs = Readonly<Record<string, string>>;

/** The endpoint of the walk as Azure and its callers see it. */
export class ObservedEndpoint {
  private readonly arm: ArmClient;
  private readonly client: ScoringClient;
  private readonly target: ScoringTarget;
  private readonly load: Load;
  private counted = 0;

  constructor(
    private readonly cloud: Cloud,
    private readonly outputs: StackOutputs,
  ) {
    this.arm = new ArmClient(cloud);
    this.client = new ScoringClient(cloud.ca);
    this.target = { scoringUri: outputs["scoringUri"] ?? "", key: outputs["primaryKey"] ?? "" };
    this.load = new Load(this.client, this.target, PAUSE_MS);
  }

  /** Scoring requests sent so far, and those without a model's answer. */
  get requests(): { readonly sent: number; readonly lost: number } {
    this.counted += this.load.take().requests;
    return { sent: this.counted, lost: this.load.lostRequests };
  }

  /** The live weights above 0. */
  async weights(): Promise<Record<string, number>> {
    return positiveWeights(await this.traffic());
  }

  /** The map of live weights as Azure returns it. */
  async traffic(): Promise<unknown> {
    return valueAt((await this.arm.read(this.endpoint)).body, "properties.traffic");
  }

  /** The state of a deployment, or the status of the answer when it cannot be read, such as 404. */
  async state(deployment: string): Promise<unknown> {
    const { status, body } = await this.arm.arm("GET", `${this.endpoint}/deployments/${deployment}`);
    return status === 200 ? valueAt(body, "properties.provisioningState") : status;
  }

  /** The status of a GET of the endpoint. */
  async endpointStatus(): Promise<number> {
    return (await this.arm.arm("GET", this.endpoint)).status;
  }

  /** Changes the weights behind the program's back. */
  async setWeights(traffic: Readonly<Record<string, number>>): Promise<void> {
    const { body } = await this.arm.read(this.endpoint);
    await this.arm.succeed("PUT", this.endpoint, editedEndpoint(body, { properties: { traffic } }));
  }

  /** Which deployments answer a number of requests, once new weights have settled. */
  async measure(requests: number): Promise<LoadCount["split"]> {
    await this.cloud.wait(this.cloud.settleSeconds);
    this.counted += this.load.take().requests;
    const { requests: measured, split } = await this.load.measure(requests);
    this.counted += measured;
    return split;
  }

  /** How many requests addressed to a deployment by the header get the model's expected answer. */
  async addressed(deployment: string, model: "blue" | "green", requests: number): Promise<number> {
    const answers = JSON.parse(readFileSync(ANSWERS, "utf8")) as Record<string, unknown>;
    let right = 0;
    for (let sent = 0; sent < requests; sent += 1) {
      const score = await this.load.inBetween(() => this.client.score(this.target, deployment));
      const isRight = score.status === 200 && score.deployment === deployment;
      if (isRight && isDeepStrictEqual(JSON.parse(score.body), answers[model])) right += 1;
    }
    this.counted += requests;
    return right;
  }

  /** Stops the requests; Azure can still be read. */
  async pause(): Promise<void> {
    await this.load.stop();
  }

  async close(): Promise<void> {
    await this.load.stop();
    this.client.close();
  }

  private get endpoint(): string {
    return this.outputs["endpointId"] ?? "";
  }
}
