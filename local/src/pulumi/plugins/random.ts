import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { diffValues } from "./diff";
import type { Provider } from "./provider";
import { serveProvider } from "./providerServer";
import { secret } from "./values";
import type { Values } from "./values";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** How each type makes its value; the other outputs are its inputs. */
const TYPES: Readonly<Record<string, (inputs: Values) => { id: string; outputs: Values }>> = {
  "random:index/randomString:RandomString": (inputs) => {
    const result = randomText(inputs);
    return { id: result, outputs: { ...TEXT_DEFAULTS, ...inputs, result } };
  },
  "random:index/randomPassword:RandomPassword": (inputs) => {
    const result = randomText(inputs);
    return { id: "none", outputs: { ...TEXT_DEFAULTS, ...inputs, result: secret(result) } };
  },
  "random:index/randomId:RandomId": (inputs) => {
    const bytes = randomBytes(Number(inputs["byteLength"] ?? 4));
    const prefix = textOf(inputs["prefix"], "");
    const hex = bytes.toString("hex");
    const outputs = {
      ...inputs,
      hex: prefix + hex,
      dec: prefix + BigInt(`0x${hex}`).toString(),
      b64Std: prefix + bytes.toString("base64"),
      b64Url: prefix + bytes.toString("base64url"),
    };
    return { id: bytes.toString("base64url"), outputs };
  },
  "random:index/randomUuid:RandomUuid": (inputs) => {
    const result = randomUUID();
    return { id: result, outputs: { ...inputs, result } };
  },
  "random:index/randomInteger:RandomInteger": (inputs) => {
    const result = randomInt(Number(inputs["min"]), Number(inputs["max"]) + 1);
    return { id: String(result), outputs: { ...inputs, result } };
  },
};

const TEXT_DEFAULTS = {
  lower: true,
  upper: true,
  number: true,
  numeric: true,
  special: true,
  minLower: 0,
  minUpper: 0,
  minNumeric: 0,
  minSpecial: 0,
};

/** Stands in for pulumi-resource-random. Values never change; a change of inputs replaces. */
export const random: Provider = {
  version: "4.21.2",
  configure: () => undefined,
  check: ({ type, news }) => {
    const failures =
      TYPES[type] === undefined ? [{ property: "", reason: `${type} has no stand-in; install the random plugin` }] : [];
    return Promise.resolve({ inputs: news, failures });
  },
  diff: ({ olds, news }) => ({ changes: diffValues(olds, news, () => true), deleteBeforeReplace: false }),
  create: ({ type, inputs, preview }) => {
    const state = preview ? { id: "", outputs: inputs } : TYPES[type]?.(inputs);
    return Promise.resolve(state ?? { id: "", outputs: inputs });
  },
  update: ({ inputs, olds }) => Promise.resolve({ ...olds, ...inputs }),
  read: ({ id, inputs, outputs }) => Promise.resolve({ id, inputs, outputs }),
  delete: () => Promise.resolve(),
  invoke: (token) => Promise.reject(new Error(`${token} has no stand-in; install the random plugin`)),
};

/** Serves the provider to the engine. */
export function main(): void {
  serveProvider(random);
}

/** Text from the asked classes of characters, with at least as many of each as asked. */
function randomText(inputs: Values): string {
  const flag = (name: string): boolean => inputs[name] !== false;
  const classes: readonly [boolean, string, number][] = [
    [flag("lower"), LOWER, Number(inputs["minLower"] ?? 0)],
    [flag("upper"), LOWER.toUpperCase(), Number(inputs["minUpper"] ?? 0)],
    [flag("numeric") && flag("number"), DIGITS, Number(inputs["minNumeric"] ?? 0)],
    [flag("special"), textOf(inputs["overrideSpecial"], SPECIAL), Number(inputs["minSpecial"] ?? 0)],
  ];
  const used = classes.filter(([wanted]) => wanted);
  const all = used.map(([, characters]) => characters).join("");
  const required = used.flatMap(([, characters, least]) => Array.from({ length: least }, () => pick(characters)));
  const rest = Math.max(0, Number(inputs["length"]) - required.length);
  return shuffle([...required, ...Array.from({ length: rest }, () => pick(all))]).join("");
}

function pick(characters: string): string {
  return characters[randomInt(characters.length)] ?? "";
}

function shuffle(items: string[]): string[] {
  return items
    .map((item) => ({ item, order: randomInt(2 ** 32) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
