import { setTimeout as sleep } from "node:timers/promises";
import { AzureQuestion } from "./askAzure";
import type { AskingOptions } from "./askAzure";
import { isWorking, provisioningStateOf } from "./editState";
import { hasSecrets, nameOf } from "../stack/exportedStack";
import type { ExportedStack } from "../stack/exportedStack";
import type { Lookup } from "./lookups";
import type { Answers } from "./scratch";

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Reads resources until Azure is done with all of them: an operation on a busy resource would be refused, for a
 * template deployment with `DeploymentActive`.
 *
 * @param inClear - exports the stack with its secrets in plain text
 * @param report - gets a line whenever the set of busy resources changes
 */
export async function waitForAzure(
  stack: ExportedStack,
  lookups: readonly Lookup[],
  inClear: () => Promise<ExportedStack>,
  report: (line: string) => void,
  options: AskingOptions,
): Promise<Answers> {
  const asked = lookups.filter(({ id }) => id !== undefined);
  if (asked.length === 0) return new Map();
  const question = await AzureQuestion.prepare(hasSecrets(stack) ? await inClear() : stack, asked, options);
  try {
    let told = "";
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const answers = await question.ask();
      const waiting = workedOn(asked, answers);
      if (waiting === "") return answers;
      if (waiting !== told) report(`Azure is still at work on ${waiting}`);
      told = waiting;
      await sleep(pause, undefined, options).catch(() => options.signal.throwIfAborted());
    }
  } finally {
    question.close();
  }
}

function workedOn(lookups: readonly Lookup[], answers: Answers): string {
  const working = lookups.map(({ operation }) => operation.resource).filter(({ urn }) => isWorking(answers.get(urn)));
  const names = working.map(
    (resource) => `${nameOf(resource)} (${provisioningStateOf(answers.get(resource.urn) ?? {}) ?? ""})`,
  );
  return names.join(", ");
}
