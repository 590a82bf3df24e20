import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ArmExchange } from "./armExchange";
import { ApiSpec } from "./apiSpec";
import { Tally, summarize } from "./report";
import { specsAreSaved } from "./savedSpecs";
import type { Verdict } from "./verdict";

export interface ApiSpecService {
  readonly url: string;
  readonly tally: Tally;
  close(): void;
}

/**
 * Checks the exchanges of all test files in one process: loading the specifications takes two seconds, an exchange about
 * a millisecond. A request is a JSON list of exchanges, the reply the list of violations as text.
 */
export async function startApiSpecService(): Promise<ApiSpecService> {
  const folder = mkdtempSync(join(tmpdir(), "api-spec-"));
  const tally = new Tally();
  let apiSpec: Promise<ApiSpec> | undefined;

  const judge = async (exchanges: readonly ArmExchange[]): Promise<readonly string[]> => {
    for (const { requestHeaders } of exchanges) tally.meet(requestHeaders["user-agent"]);
    if (!specsAreSaved) {
      tally.skip(exchanges.length);
      return [];
    }
    apiSpec ??= ApiSpec.load(folder);
    const verdicts: Verdict[] = [];
    for (const exchange of exchanges) verdicts.push(await (await apiSpec).check(exchange));
    for (const verdict of verdicts) tally.add(verdict);
    return summarize(verdicts);
  };

  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
    readJson(request)
      .then((exchanges) => judge(exchanges as readonly ArmExchange[]))
      .then((violations) => answer(200, violations))
      .catch((error: unknown) => answer(500, String(error)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    tally,
    close: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as unknown;
}
