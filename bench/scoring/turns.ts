import type { Sample } from "../common/figure";
import { sampleOf } from "../common/figure";
import type { Load, LoadReport } from "../load";
import type { ScoringServer } from "./bareServers";

/** What was measured of a server in several turns. */
export interface Served {
  /** Requests a second by the clock. */
  readonly rate: Sample;
  /** Milliseconds that a caller waited for an answer: half of them, and all but one in a hundred, no longer. */
  readonly median: Sample;
  readonly p99: Sample;
  /** Processor time of this process for each request, in microseconds. */
  readonly microseconds: Sample;
}

interface Turn extends LoadReport {
  readonly requests: number;
  readonly microseconds: number;
}

/** Servers of this process, which get the same requests in turns, so what else the machine does weighs on all of them. */
export class Turns<Name extends string> {
  constructor(
    private readonly load: Pick<Load, "send">,
    private readonly servers: Readonly<Record<Name, ScoringServer>>,
    private readonly requests: number,
  ) {}

  async measure(connections: number, rounds: number): Promise<Readonly<Record<Name, Served>>> {
    const names = Object.keys(this.servers) as Name[];
    const turns = new Map<Name, Turn[]>(names.map((name) => [name, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const name of names) turns.get(name)?.push(await this.turn(name, connections));
    return Object.fromEntries([...turns].map(([name, each]) => [name, servedOf(each)])) as Record<Name, Served>;
  }

  /** @throws Error when a request was not answered: the rest would have cost less */
  private async turn(name: Name, connections: number): Promise<Turn> {
    const { requests } = this;
    const { scoringUri, key, ca } = this.servers[name];
    const before = process.cpuUsage();
    const report = await this.load.send({ scoringUri, key, ca, requests, connections });
    const { user, system } = process.cpuUsage(before);
    if (report.errors > 0) throw new Error(`${name}: ${report.errors} of ${requests} requests were not answered`);
    return { ...report, requests, microseconds: (user + system) / requests };
  }
}

function servedOf(turns: readonly Turn[]): Served {
  const sample = (value: (turn: Turn) => number): Sample => sampleOf(turns.map(value));
  return {
    rate: sample(({ requests, seconds }) => requests / seconds),
    median: sample(({ milliseconds }) => milliseconds.median),
    p99: sample(({ milliseconds }) => milliseconds.p99),
    microseconds: sample(({ microseconds }) => microseconds),
  };
}
