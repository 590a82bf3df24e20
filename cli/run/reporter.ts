import { appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { redact } from "../../components/values/redact";
import { printable } from "../terminal/columns";
import { oneLine } from "../terminal/text";
import { clockSeconds } from "../view/times";
import { SUMMARY_HEAD, summaryRow, summaryTarget } from "./ciSummary";
import { cloudEventOf } from "./cloudEvent";
import type { CloudEvent } from "./cloudEvent";
import type { Transition } from "./transition";
import type { Webhook } from "./webhook";

export interface ReporterOptions {
  /** Whether each event is a line of JSON on stdout. */
  readonly json: boolean;
  readonly webhook: Webhook | undefined;
  readonly now: () => Date;
}

/** Tells what happens in a run: to the reader, the webhook, and the summary of the pipeline. None of them can break it. */
export class Reporter {
  private readonly summary = summaryTarget(process.env, tmpdir());
  private readonly file: string | undefined;
  private hasHead = false;
  private hasSummary = true;

  constructor(private readonly options: ReporterOptions) {
    const { summary } = this;
    if (summary === undefined) return;
    this.file = summary.kind === "github" ? summary.file : join(summary.folder, `mlflow-rollout-${process.pid}.md`);
  }

  /** @param stack - `organization/project/stack` */
  tell(stack: string, transition: Transition): void {
    const { json, webhook, now } = this.options;
    const event = cloudEventOf({ ...transition, message: clean(transition.message) }, { stack, at: now() });
    if (json) process.stdout.write(`${JSON.stringify(event)}\n`);
    else this.line(`${transition.component}  ${transition.type}  ${event.data.message}`);
    webhook?.send(event);
    this.summarise(event);
  }

  /** What a person reads; with `--json` on stderr. */
  readonly print = (text: string): void => void (this.options.json ? process.stderr : process.stdout).write(text);

  line(text: string): void {
    const now = this.options.now();
    this.print(`${clockSeconds(now.toISOString(), now)}  ${printable(text)}\n`);
  }

  async close(): Promise<void> {
    if (this.summary?.kind === "azure" && this.hasHead) this.print(`##vso[task.uploadsummary]${this.file}\n`);
    await this.options.webhook?.close();
  }

  private summarise(event: CloudEvent): void {
    if (this.file === undefined || !this.hasSummary) return;
    try {
      appendFileSync(this.file, `${this.hasHead ? "" : SUMMARY_HEAD}${summaryRow(event)}`);
      this.hasHead = true;
    } catch (error) {
      this.hasSummary = false;
      process.stderr.write(`mlflow-rollout: the summary cannot be written: ${oneLine(error)}\n`);
    }
  }
}

/** What services answer may quote what nobody should see. */
function clean(message: string): string {
  return redact(printable(message));
}
