import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { startLocalAzure } from "azure-mlflow-rollout-local";
import { toArmExchange } from "../apiSpec/armExchange";
import type { ArmExchange } from "../apiSpec/armExchange";
import { AzureClient } from "../driver/azureClient";
import { seededRandom } from "../driver/scoring";
import { azureConnection } from "./azureConnection";
import { costNotice, readAzureSettings } from "./azureSettings";
import type { Connection } from "./target/connection";
import { checkApiSpec } from "./apiSpecCheck";
import type { ApiSpecResult } from "./apiSpecCheck";
import { localConnection } from "./localConnection";
import { OPERATIONS_FILE, renderOperations } from "./operationsPage";
import { PARITY_COMMAND, PARITY_FILE, renderParity } from "./parity";
import { runSemantics } from "./runSemantics";
import type { SemanticResult } from "./runSemantics";
import { TOPICS } from "./semantics/all";
import { createTarget, removeTarget } from "./target/createTarget";

const USAGE = "usage: [TARGET=local|azure] npm run conformance [-- --json | --parity]";

interface Outcome {
  readonly results: readonly SemanticResult[];
  readonly apiSpec: ApiSpecResult;
  /** What could not be deleted. */
  readonly left: readonly string[];
}

/** Exit status: 0 when the target does all that is claimed, 1 when not, 2 when it could not be asked. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { json: { type: "boolean" }, parity: { type: "boolean" } } });
  if (values.parity === true) {
    writeFileSync(PARITY_FILE, renderParity(TOPICS));
    writeFileSync(OPERATIONS_FILE, await renderOperations(PARITY_COMMAND));
    return 0;
  }
  const { results, apiSpec, left } = await outcomeOf(process.env["TARGET"] ?? "local", values.json !== true);
  for (const text of [...(apiSpec.skipped === undefined ? [] : [apiSpec.skipped]), ...apiSpec.violations]) {
    console.error(text);
  }
  for (const text of left) console.error(`left behind: ${text}`);
  const failed = results.filter(({ failure }) => failure !== undefined).length;
  const counts = {
    semantics: results.length,
    passed: results.length - failed,
    failed,
    exchanges: apiSpec.exchanges,
    violations: apiSpec.violations.length,
  };
  const line = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  console.log(values.json === true ? JSON.stringify(counts) : line.join(", "));
  return failed + apiSpec.violations.length + left.length === 0 ? 0 : 1;
}

function outcomeOf(target: string, isVerbose: boolean): Promise<Outcome> {
  const report = ({ semantic: { id, claim }, failure }: SemanticResult): void => {
    const text = failure === undefined ? `ok      ${id}` : `FAILED  ${id}: ${claim}\n        ${failure}`;
    if (isVerbose) console.log(text);
    else if (failure !== undefined) console.error(text);
  };
  if (target === "local") return onLocalAzure(report);
  if (target === "azure") return onAzure(report);
  throw new Error(`TARGET must be local or azure, got ${JSON.stringify(target)}\n${USAGE}`);
}

async function onLocalAzure(report: (result: SemanticResult) => void): Promise<Outcome> {
  const exchanges: ArmExchange[] = [];
  const azure = await startLocalAzure({
    random: seededRandom(2026),
    onExchange: (exchange, reply, via) => {
      const observed = toArmExchange(exchange, reply, via);
      if (observed !== undefined) exchanges.push(observed);
    },
  });
  const client = new AzureClient(azure);
  try {
    await client.clock({ freeze: true });
    const { results, left } = await onConnection(await localConnection(client), "conformance", report, client);
    return { results, left, apiSpec: await checkApiSpec(exchanges) };
  } finally {
    await client.close();
  }
}

async function onAzure(report: (result: SemanticResult) => void): Promise<Outcome> {
  const settings = readAzureSettings(process.env);
  console.error(costNotice(settings));
  const name = `conformance-${randomBytes(3).toString("hex")}`;
  const skipped = "API specification: exchanges with Azure itself are not validated";
  return {
    ...(await onConnection(azureConnection(settings), name, report)),
    apiSpec: { exchanges: 0, violations: [], skipped },
  };
}

async function onConnection(
  connection: Connection,
  name: string,
  report: (result: SemanticResult) => void,
  azure?: AzureClient,
): Promise<Omit<Outcome, "apiSpec">> {
  let isStopped = false;
  process.once("SIGINT", () => (isStopped = true));
  const target = await createTarget(connection, name);
  const results: SemanticResult[] = [];
  let left: readonly string[] = [];
  try {
    for await (const result of runSemantics(target, azure, () => isStopped)) {
      report(result);
      results.push(result);
    }
  } finally {
    left = await removeTarget(target);
  }
  return { results, left };
}

main()
  .then((status) => (process.exitCode = status))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  });
