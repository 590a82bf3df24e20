export interface AsyncReply {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Names of the headers that the specification declares for this status. */
  readonly declared: readonly string[];
  readonly longRunning: boolean;
}

const FINAL = new Set(["Succeeded", "Failed", "Canceled"]);
const ADDRESSES = ["azure-asyncoperation", "location"];

/** What is wrong with the headers that tell a client how to follow an operation that goes on. */
export function checkAsyncHeaders({ status, headers, body, declared, longRunning }: AsyncReply): readonly string[] {
  const goesOn = status === 202 || (status === 201 && longRunning && !FINAL.has(provisioningState(body)));
  if (!goesOn) return [];
  const addresses = ADDRESSES.filter((name) => headers[name] !== undefined);
  return [
    ...(addresses.length === 0 ? ["has neither Azure-AsyncOperation nor Location"] : []),
    ...addresses.filter((name) => !isAbsolute(headers[name])).map((name) => `${name} is not an absolute https address`),
    ...declared.filter((name) => headers[name.toLowerCase()] === undefined).map((name) => `lacks the header ${name}`),
  ];
}

function provisioningState(body: unknown): string {
  const { properties } = (body ?? {}) as { properties?: { provisioningState?: unknown } };
  return String(properties?.provisioningState);
}

function isAbsolute(address: string | undefined): boolean {
  return URL.canParse(address ?? "") && new URL(address ?? "").protocol === "https:";
}
