import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";
import { EXAMPLE } from "./paths";

/** A reply to a scoring request. */
export interface Score {
  readonly status: number;
  /** The deployment that answered. */
  readonly deployment: string | undefined;
  readonly body: string;
}

/** Where a client sends scoring requests. */
export interface ScoringTarget {
  readonly scoringUri: string;
  readonly key: string;
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends the sample request over TLS, as callers of the endpoint do. */
export class ScoringClient {
  private readonly agent: Agent;
  private readonly body = readFileSync(join(EXAMPLE, "sample-request.json"));
  private readonly answers = Object.values(
    JSON.parse(readFileSync(join(EXAMPLE, "expected-answers.json"), "utf8")) as Record<string, unknown>,
  );

  /** @param ca - file of a certificate to trust instead of the public ones */
  constructor(ca?: string) {
    this.agent = new Agent({ ...(ca !== undefined && { ca: readFileSync(ca) }), keepAlive: true });
  }

  score({ scoringUri, key, headers }: ScoringTarget, deployment?: string): Promise<Score> {
    return new Promise((resolve, reject) => {
      const sent = request(
        scoringUri,
        {
          agent: this.agent,
          method: "POST",
          headers: {
            ...headers,
            authorization: `Bearer ${key}`,
            "content-type": "application/json",
            "content-length": this.body.length,
            ...(deployment !== undefined && { "azureml-model-deployment": deployment }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const name = response.headers["azureml-model-deployment"];
            resolve({
              status: response.statusCode ?? 0,
              deployment: typeof name === "string" ? name : undefined,
              body: Buffer.concat(chunks).toString("utf8"),
            });
          });
        },
      );
      sent.once("error", reject);
      sent.end(this.body);
    });
  }

  /** Whether a reply is an answer of one of the two models to the sample request. */
  isAnswer({ status, body }: Score): boolean {
    return status === 200 && this.answers.some((answer) => isDeepStrictEqual(JSON.parse(body), answer));
  }

  close(): void {
    this.agent.destroy();
  }
}
