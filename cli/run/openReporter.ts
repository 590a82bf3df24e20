import { setTimeout as delay } from "node:timers/promises";
import { sendHttps } from "../../components/azure/https";
import type { Violation } from "../../components/values/violation";
import { formatViolations } from "../../components/values/violation";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { Reporter } from "./reporter";
import { Webhook } from "./webhook";
import type { WebhookTarget } from "./webhookTarget";
import { WEBHOOK_SECRET, webhookTarget } from "./webhookTarget";

/** How long a receiver may take for an answer. */
const ANSWER_MS = 5000;

/**
 * Opens what a run tells of itself.
 *
 * @param address - as it was typed after `--webhook`
 * @param violations - what else was typed wrong, so that all of it is said at once
 * @throws Failure for all of it
 */
export function openReporter(
  json: boolean,
  address: string | undefined,
  violations: readonly Violation[] = [],
): Reporter {
  const secret = process.env[WEBHOOK_SECRET];
  // Neither the program nor a gate of the user has anything to do with it.
  delete process.env[WEBHOOK_SECRET];
  const found = [...violations];
  const target = webhookTarget(address, secret, found);
  if (found.length > 0) throw new Failure(`what was typed cannot be used:\n${formatViolations(found)}`, EXIT.usage);
  return new Reporter({ json, webhook: target && webhookTo(target), now: () => new Date() });
}

function webhookTo({ url, key }: WebhookTarget): Webhook {
  return new Webhook(url.host, key, {
    post: (request) =>
      sendHttps({
        ...request,
        method: "POST",
        url: url.href,
        timeoutMs: ANSWER_MS,
      }),
    sleep: rest,
    now: () => Date.now(),
    report: (line) => void process.stderr.write(`mlflow-rollout: ${line}\n`),
  });
}

/** Rests for some milliseconds, or until the signal. */
export async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}
