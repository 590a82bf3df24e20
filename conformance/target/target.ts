import { API_VERSION, textAt, valueAt } from "../../driver/azureClient";
import type { Answer, Sent } from "../../driver/azureClient";
import { SAMPLE_REQUEST } from "../../driver/heartWorkspace";
import { templateBody } from "./bodies";
import { positiveWeights } from "./checks";
import { EndpointClient } from "./endpointClient";

/** The answers received while creating an endpoint and its deployments. */
export interface CreationAnswers {
  readonly endpoint: Answer;
  /** First poll of the operation that creates the endpoint. */
  readonly endpointPoll: Answer;
  /** Its last poll. */
  readonly endpointEnd: Answer;
  readonly deployment: Answer;
  readonly deploymentPoll: Answer;
  /** The endpoint with both deployments and no weights. */
  readonly unweighted: Answer;
}

/** The deployments by model version. */
export const DEPLOYMENTS = { "1": "blue", "2": "green" } as const;

/** An endpoint with two deployments of a real model somewhere in an Azure: `blue` with all the traffic, and `green`. */
export class Target extends EndpointClient {
  private key: string | undefined;
  private scoringUri: string | undefined;
  private readonly spares: string[] = [];

  constructor(
    { connection, name, location }: EndpointClient,
    readonly creation: CreationAnswers,
  ) {
    super(connection, name, location);
  }

  /** Id of another endpoint, which does not exist yet and is deleted at the end. */
  spareEndpoint(): string {
    const id = `${this.endpoint}-${this.spares.length + 1}`;
    this.spares.push(id);
    return id;
  }

  /** What `spareEndpoint` named. */
  get spareEndpoints(): readonly string[] {
    return this.spares;
  }

  templateBody(properties: object): object {
    return templateBody(this.endpoint, API_VERSION, this.endpointBody(properties));
  }

  /** The first answer to a PUT of the endpoint with the given properties. */
  put(properties: object): Promise<Answer> {
    return this.arm("PUT", this.endpoint, this.endpointBody(properties));
  }

  /** Writes the endpoint with the given properties and waits until requests follow them. */
  async write(properties: object): Promise<void> {
    await this.succeed("PUT", this.endpoint, this.endpointBody(properties));
    this.forgetKey();
    await this.connection.wait(this.connection.settleSeconds);
  }

  /** A value of the endpoint by its path. */
  async property(path: string): Promise<unknown> {
    return valueAt((await this.read(this.endpoint)).body, `properties.${path}`);
  }

  /** The live weights above 0. */
  async weights(): Promise<Record<string, number>> {
    return positiveWeights(await this.property("traffic"));
  }

  /** Sends the sample request, with the given parts replaced, with the endpoint's primary key. */
  async score({ headers = {}, body = SAMPLE_REQUEST }: Sent = {}, method = "POST"): Promise<Answer> {
    this.scoringUri ??= String(await this.property("scoringUri"));
    const json = { "content-type": "application/json", ...headers };
    return this.scored(method, this.scoringUri, { headers: json, body });
  }

  /** A request to the data plane with the endpoint's primary key, unless it has another credential. */
  async scored(method: string, url: string, { headers, ...sent }: Sent = {}): Promise<Answer> {
    this.key ??= textAt((await this.arm("POST", `${this.endpoint}/listKeys`)).body, "primaryKey");
    return this.connection.send(method, url, { headers: { authorization: `Bearer ${this.key}`, ...headers }, ...sent });
  }

  /** Reads the key again on next use. */
  forgetKey(): void {
    this.key = undefined;
  }

  /** Resets the endpoint: key authentication, both deployments, all traffic to `blue`. */
  async restore(): Promise<void> {
    this.forgetKey();
    await this.settled(this.endpoint);
    for (const [version, name] of Object.entries(DEPLOYMENTS)) {
      const isThere = await this.settled(this.deployment(name));
      if (!isThere) await this.succeed("PUT", this.deployment(name), this.deploymentBody(version));
    }
    const isBack =
      (await this.property("authMode")) === "Key" &&
      JSON.stringify(await this.weights()) === '{"blue":100}' &&
      Object.keys(positiveWeights(await this.property("mirrorTraffic"))).length === 0;
    if (!isBack) await this.write({ traffic: { blue: 100 } });
  }
}
