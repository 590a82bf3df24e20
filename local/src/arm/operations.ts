import { randomUUID } from "node:crypto";
import type { Clock } from "../common/clock";
import type { ArmErrorDetail } from "./errors";

/** A long-running operation and its progress. */
export interface Operation {
  readonly id: string;
  readonly resourceId: string;
  /** State while it runs, such as `Creating`. */
  readonly running: string;
  readonly startTime: string;
  endTime?: string;
  status: "running" | "Succeeded" | "Failed";
  error?: ArmErrorDetail;
}

export interface OperationRequest {
  readonly resourceId: string;
  readonly running: string;
  /** Duration in virtual milliseconds. */
  readonly durationMs: number;
  /** The effect, visible when the operation ends; throwing fails the operation. */
  complete(): Promise<void> | void;
  /** Called when the operation fails. */
  fail?(error: ArmErrorDetail): void;
}

/** A failed operation, with the service's error. */
export class OperationFailure extends Error {
  constructor(readonly detail: ArmErrorDetail) {
    super(detail.message);
  }
}

/** Most ended operations whose result can still be read. */
const ENDED_KEPT = 2000;

/** Runs long-running operations on virtual time and remembers their results. */
export class Operations {
  private readonly operations = new Map<string, Operation>();
  private readonly busy = new Map<string, Operation>();
  private readonly effects = new Map<string, OperationRequest["complete"]>();
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(private readonly clock: Clock) {}

  /** Starts an operation; no other operation can hold the same `lock`, such as the id of an endpoint, until it ends. */
  start(request: OperationRequest, lock: string): Operation {
    const operation: Operation = {
      id: randomUUID(),
      resourceId: request.resourceId,
      running: request.running,
      startTime: this.clock.iso(),
      status: "running",
    };
    this.operations.set(operation.id, operation);
    this.busy.set(lock.toLowerCase(), operation);
    this.effects.set(operation.id, () => request.complete());
    this.clock.after(request.durationMs, () => void this.finish(operation, request, lock));
    return operation;
  }

  /** The operation that holds a lock, if any. */
  holding(lock: string): Operation | undefined {
    return this.busy.get(lock.toLowerCase());
  }

  get(id: string): Operation | undefined {
    return this.operations.get(id);
  }

  /** Replaces the effect of a running operation. */
  replaceEffect(id: string, effect: OperationRequest["complete"]): void {
    if (this.effects.has(id)) this.effects.set(id, effect);
  }

  /** Resolves when no operation on a resource is running. */
  async ended(resourceId: string): Promise<void> {
    const sameResource = ({ resourceId: other }: Operation) => other.toLowerCase() === resourceId.toLowerCase();
    const running = this.all().find((operation) => operation.status === "running" && sameResource(operation));
    if (running === undefined) return;
    await new Promise<void>((resolve) => {
      this.waiting.set(running.id, [...(this.waiting.get(running.id) ?? []), resolve]);
    });
  }

  all(): readonly Operation[] {
    return [...this.operations.values()];
  }

  /** Restores operations of an earlier run, all of them ended. */
  restore(operations: readonly Operation[]): void {
    for (const operation of operations) this.operations.set(operation.id, operation);
  }

  clear(): void {
    this.operations.clear();
    this.busy.clear();
    this.effects.clear();
    this.waiting.clear();
  }

  private async finish(operation: Operation, request: OperationRequest, lock: string): Promise<void> {
    let status: Operation["status"] = "Succeeded";
    try {
      await this.effects.get(operation.id)?.();
    } catch (error) {
      status = "Failed";
      operation.error = detailOf(error);
      request.fail?.(operation.error);
    }
    operation.endTime = this.clock.iso();
    if (this.busy.get(lock.toLowerCase()) === operation) this.busy.delete(lock.toLowerCase());
    this.effects.delete(operation.id);
    operation.status = status;
    for (const resolve of this.waiting.get(operation.id) ?? []) resolve();
    this.waiting.delete(operation.id);
    this.forgetOldest();
  }

  private forgetOldest(): void {
    for (const { id, status } of this.operations.values()) {
      if (this.operations.size <= ENDED_KEPT) return;
      if (status !== "running") this.operations.delete(id);
    }
  }
}

function detailOf(error: unknown): ArmErrorDetail {
  if (error instanceof OperationFailure) return error.detail;
  const message = error instanceof Error ? error.message : String(error);
  return { code: "InternalServerError", message };
}
