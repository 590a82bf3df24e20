import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { SAMPLE_REQUEST } from "../driver/heartWorkspace";

export interface LoadOrder {
  readonly scoringUri: string;
  readonly key: string;
  readonly ca: string;
  readonly requests: number;
  readonly connections: number;
}

export interface LoadReport {
  /** Answers with status 200 by deployment. */
  readonly answers: Readonly<Record<string, number>>;
  readonly errors: number;
  readonly seconds: number;
  /** That a caller waited for an answer. */
  readonly milliseconds: { readonly median: number; readonly p99: number };
}

/** Callers of the endpoint in a process of their own, so they take nothing from the server's. */
export class Load {
  private readonly child = fork(__filename, ["--callers"], { execArgv: process.execArgv });

  async send(order: LoadOrder): Promise<LoadReport> {
    this.child.send(order);
    const [report] = (await once(this.child, "message")) as [LoadReport];
    return report;
  }

  close(): void {
    this.child.kill();
  }
}

/** By certificate and number of connections, which stay open between orders: a handshake costs as much as some requests. */
const agents = new Map<string, Agent>();

function agentOf({ ca, connections }: LoadOrder): Agent {
  const key = `${connections} ${ca}`;
  const agent = agents.get(key) ?? new Agent({ ca: readFileSync(ca), keepAlive: true, maxSockets: connections });
  agents.set(key, agent);
  return agent;
}

async function callAll(order: LoadOrder): Promise<LoadReport> {
  const { scoringUri, key, requests, connections } = order;
  const agent = agentOf(order);
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const answers: Record<string, number> = {};
  const waited: number[] = [];
  let [left, errors] = [requests, 0];
  const caller = async (): Promise<void> => {
    while (left-- > 0) {
      const sent = performance.now();
      const name = await call(scoringUri, agent, headers);
      waited.push(performance.now() - sent);
      if (name === undefined) errors += 1;
      else answers[name] = (answers[name] ?? 0) + 1;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, caller));
  const seconds = (performance.now() - started) / 1000;
  return { answers, errors, seconds, milliseconds: quantilesOf(waited) };
}

function quantilesOf(values: number[]): LoadReport["milliseconds"] {
  values.sort((a, b) => a - b);
  const at = (share: number): number => values[Math.ceil(share * values.length) - 1] ?? 0;
  return { median: at(0.5), p99: at(0.99) };
}

/** The deployment that answered with status 200. */
function call(uri: string, agent: Agent, headers: Record<string, string>): Promise<string | undefined> {
  return new Promise((resolve) => {
    const sent = request(uri, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.once("end", () => {
        const name = response.headers["azureml-model-deployment"];
        resolve(response.statusCode === 200 && typeof name === "string" ? name : undefined);
      });
    });
    sent.once("error", () => resolve(undefined));
    sent.end(SAMPLE_REQUEST);
  });
}

if (process.argv.includes("--callers")) {
  process.on("message", (order: LoadOrder) => {
    void callAll(order).then((report) => process.send?.(report));
  });
}
