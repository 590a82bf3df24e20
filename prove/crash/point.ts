import type { Exchange, SentReply } from "azure-mlflow-rollout-local";
import { ArmCalls } from "./armCalls";

/**
 * When the engine is killed: before Azure gets the call, after Azure has served it and before the engine gets the
 * reply, or during the operation that the call started.
 */
export type Moment = "before" | "after" | "working";

export interface CrashTarget {
  /** A call as {@link ArmCalls} names it. */
  readonly call: string;
  readonly moment: Moment;
}

/** Kills the engine at one of its calls. */
export class CrashPoint {
  private readonly calls = new ArmCalls();
  private target: Exchange | undefined;
  private operation: string | undefined;
  private hit = false;

  /**
   * @param kill - ends the engine before it returns
   * @param freeze - stops the clock of Azure
   */
  constructor(
    private readonly wanted: CrashTarget,
    private readonly kill: () => void,
    private readonly freeze: () => Promise<unknown>,
  ) {}

  /** Whether the engine has been killed here. */
  get reached(): boolean {
    return this.hit;
  }

  /** Path of the resource that the call was about. */
  get path(): string {
    return this.target?.path ?? "";
  }

  /** Called before a call is served; returns whether to serve it. */
  async admit(exchange: Exchange): Promise<boolean> {
    if (this.hit) return true;
    if (this.operation !== undefined && exchange.path === this.operation) return this.strike();
    if (this.target !== undefined || this.calls.name(exchange) !== this.wanted.call) return true;
    this.target = exchange;
    if (this.wanted.moment === "before") return this.strike();
    if (this.wanted.moment === "working") await this.freeze();
    return true;
  }

  /** Called before a reply is sent. */
  replied(exchange: Exchange, { headers }: SentReply): void {
    if (exchange !== this.target || this.hit) return;
    if (this.wanted.moment === "after") this.strike();
    const address = headers["azure-asyncoperation"] ?? headers["location"];
    if (this.wanted.moment === "working" && address !== undefined) this.operation = new URL(address).pathname;
  }

  private strike(): boolean {
    this.hit = true;
    this.kill();
    return false;
  }
}
