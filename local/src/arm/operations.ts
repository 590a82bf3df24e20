import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import type { ArmErrorDetail } from "./errors";

/** A long-running operation and how far it is. */
export interface Operation {
  readonly id: string;
  readonly resourceId: string;
  /** Word for the time it runs, such as `Creating`. */
  readonly running: string;
  readonly startTime: string;
  endTime?: string;
  status: "running" | "Succeeded" | "Failed";
  error?: ArmErrorDetail;
}

export interface OperationRequest {
  readonly resourceId: string;
  readonly running: string;
  /** Virtual milliseconds it takes. */
  readonly durationMs: number;
  /** The effect, visible when the operation ends; what it throws fails the operation. */
  complete(): Promise<void> | void;
  /** What happens to the resource when the operation fails. */
  fail?(error: ArmErrorDetail): void;
}

/** An operation that ended badly, in the words of the service. */
export class OperationFailure extends Error {
  constructor(readonly detail: ArmErrorDetail) {
    super(detail.message);
  }
}

/** Runs long-running operations on virtual time and remembers how they ended. */
export class Operations {
  private readonly operations = new Map<string, Operation>();
  private readonly busy = new Map<string, Operation>();

  constructor(private readonly clock: Clock) {}

  /** Starts an operation; `lock` is what no other operation may use meanwhile, such as the id of an endpoint. */
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

  clear(): void {
    this.operations.clear();
    this.busy.clear();
  }

  private async finish(operation: Operation, request: OperationRequest, lock: string): Promise<void> {
    let status: Operation["status"] = "Succeeded";
    try {
      await request.complete();
    } catch (error) {
      status = "Failed";
      operation.error = detailOf(error);
      request.fail?.(operation.error);
    }
    operation.endTime = this.clock.iso();
    if (this.busy.get(lock.toLowerCase()) === operation) this.busy.delete(lock.toLowerCase());
    operation.status = status;
  }
}

function detailOf(error: unknown): ArmErrorDetail {
  if (error instanceof OperationFailure) return error.detail;
  const message = error instanceof Error ? error.message : String(error);
  return { code: "InternalServerError", message };
}
