import { STATUS_CODES } from "node:http";
import { parseId } from "../arm/ids";
import { OperationFailure } from "../arm/operations";
import type { Operation, Operations } from "../arm/operations";
import { failedResource } from "../arm/provisioning";
import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";
import type { ScoringInterceptor } from "../gateway/served";
import type { Exchange, Reply } from "../http/exchange";
import { chooseRule } from "./matching";
import type { CountedRule } from "./matching";
import { readRules } from "./readRules";
import { targetOf } from "./rule";
import type { Effect, FaultRule, HttpAnswer, Stage } from "./rule";
import { scoringFault } from "./scoring";
import { StaleReads } from "./staleReads";

const NO_REPLY: Reply = { status: 0 };

/** A reply and the fault that affected it. */
export interface Served {
  readonly reply: Reply;
  readonly fault?: string;
}

/** Sits between clients and services and applies fault rules to requests. */
export class FaultInjector {
  private rules: readonly CountedRule[] = [];
  private nextId = 1;
  private readonly staleReads: StaleReads;

  constructor(private readonly services: Pick<ArmServices, "clock" | "operations" | "store">) {
    this.staleReads = new StaleReads(services.clock);
  }

  /** Adds a rule or a list of rules; if one is invalid, adds none and returns all problems. */
  add(given: unknown): readonly string[] {
    const { rules, problems } = readRules(given);
    const added = rules.map((rule) => ({ rule: { ...rule, id: String(this.nextId++) }, matched: 0, applied: 0 }));
    this.rules = [...this.rules, ...added];
    return problems;
  }

  /** The rules as given, with their counts. */
  list(): readonly object[] {
    return this.rules.map(({ rule, matched, applied }) => ({ id: rule.id, ...rule.given, matched, applied }));
  }

  /** Removes the rules; their effects on operations stay. */
  clear(): void {
    this.rules = [];
    this.staleReads.clear();
  }

  /** Lets the services answer a request, or applies a fault. */
  async serve(exchange: Exchange, answer: () => Promise<Reply>): Promise<Served> {
    const rule = this.decide("request", exchange);
    const read = () => this.staleReads.answer(exchange, answer);
    if (rule === undefined) return { reply: await read() };
    return { reply: await this.apply(rule.effect(targetOf(exchange)), exchange, read), fault: rule.id };
  }

  /** Lets a deployment score a request, or applies a fault. */
  readonly score: ScoringInterceptor = async (exchange, deployment, score, spend) => {
    const rule = this.decide("scoring", exchange, deployment.name);
    if (rule === undefined) return score();
    return scoringFault(rule.effect(targetOf(exchange)), this.services.clock)(exchange, deployment, score, spend);
  };

  private decide(stage: Stage, { method, path }: Exchange, deployment?: string): FaultRule | undefined {
    if (this.rules.length === 0) return undefined;
    const line = `${method} ${path}`;
    const { rules, applied } = chooseRule(this.rules, { stage, line, ...(deployment !== undefined && { deployment }) });
    this.rules = rules;
    return applied;
  }

  private async apply(effect: Effect, exchange: Exchange, answer: () => Promise<Reply>): Promise<Reply> {
    if ("http" in effect) return toReply(effect.http);
    if ("delaySeconds" in effect) {
      return (await this.services.clock.sleep(effect.delaySeconds * 1000)) ? answer() : NO_REPLY;
    }
    if ("drop" in effect) {
      if (effect.drop === "reply") await answer();
      return NO_REPLY;
    }
    return this.applyToWrite(effect, exchange, answer);
  }

  /** Effects on the result of a write; refused requests are not affected. */
  private async applyToWrite(effect: Effect, exchange: Exchange, answer: () => Promise<Reply>): Promise<Reply> {
    const { operations, store } = this.services;
    const id = parseId(exchange.path)?.text ?? "";
    const before = copyOf(store.get(id));
    const reply = await answer();
    if (reply.status >= 400) return reply;
    const operation = operationOf(reply, operations);
    const end = (work: () => Promise<void> | void): void => {
      if (operation !== undefined) operations.replaceEffect(operation.id, work);
    };
    if ("lro" in effect) end(() => this.fail(id, new OperationFailure(effect.lro)));
    if ("neverEnds" in effect) end(() => new Promise<never>(() => undefined));
    if ("staleFor" in effect) this.staleReads.keep(id, before?.document, operation, effect.staleFor);
    if ("notApplied" in effect) {
      const undo = () => void (before === undefined ? store.remove(id) : store.put(before));
      if (operation === undefined) undo();
      else end(undo);
    }
    return reply;
  }

  private fail(id: string, failure: OperationFailure): never {
    const resource = this.services.store.get(id);
    if (resource !== undefined) resource.document = failedResource(resource).document;
    throw failure;
  }
}

/** A failure without a body gets one in ARM's form, which clients rely on. */
function toReply({ status, headers = {}, body }: HttpAnswer): Reply {
  if (body !== undefined || status < 400) return { status, headers, body };
  const code = (STATUS_CODES[status] ?? "Error").replaceAll(" ", "");
  return { status, headers, body: { error: { code, message: "A fault rule of the local Azure ML answers." } } };
}

/** Documents are replaced, never changed in place, so a copy stays valid. */
function copyOf(resource: Resource | undefined): Resource | undefined {
  return resource && { ...resource };
}

/** The operation that a reply refers to. */
function operationOf({ headers = {} }: Reply, operations: Operations): Operation | undefined {
  const address = headers["azure-asyncoperation"] ?? headers["location"] ?? "";
  const [id = ""] = /[0-9a-f-]{36}(?=\?|$)/.exec(address) ?? [];
  return operations.get(id);
}
