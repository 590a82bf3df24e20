import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** A part of a Swagger 2.0 document, as far as the rules need it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly readOnly?: boolean;
  readonly "x-nullable"?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly discriminator?: string;
  readonly "x-ms-discriminator-value"?: string;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly body: Located | undefined;
}

/** A schema and the file that its references start from. */
export interface Located {
  readonly file: string;
  /** Name of the definition, where it has one. */
  readonly name?: string;
  readonly schema: Schema;
}

interface Document {
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly paths?: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
}

interface RawOperation {
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
}

interface Parameter {
  readonly $ref?: string;
  readonly in?: string;
  readonly schema?: Schema;
}

const VERBS = new Set(["get", "put", "patch", "post", "delete", "head"]);

/** Swagger documents that refer to each other. */
export class Swagger {
  private readonly documents = new Map<string, Document>();

  /** The operations of the files of a folder. */
  operations(folder: string): readonly Operation[] {
    const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
    return files.flatMap((name) => this.operationsOf(join(folder, name)));
  }

  /** What a schema or its reference stands for. */
  resolved({ file, name, schema }: Located): Located {
    if (schema.$ref === undefined) return { file, schema, ...(name !== undefined && { name }) };
    const [other = "", pointer = ""] = schema.$ref.split("#/definitions/");
    const target = other === "" ? file : resolve(dirname(file), other.replace(/#$/, ""));
    const found = this.document(target).definitions?.[pointer];
    if (found === undefined) throw new Error(`${schema.$ref} of ${file} is not there`);
    return this.resolved({ file: target, name: pointer, schema: found });
  }

  /** The definitions of a file, by name. */
  definitions(file: string): Readonly<Record<string, Schema>> {
    return this.document(file).definitions ?? {};
  }

  private operationsOf(file: string): readonly Operation[] {
    return Object.entries(this.document(file).paths ?? {}).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([verb]) => VERBS.has(verb))
        .map(([verb, { operationId = "", parameters = [] }]) => {
          const body = parameters.map((given) => this.parameter(file, given)).find(({ in: place }) => place === "body");
          const schema = body?.schema;
          return {
            ...{ id: operationId, method: verb.toUpperCase(), path },
            body: schema === undefined ? undefined : { file, schema },
          };
        }),
    );
  }

  private parameter(file: string, given: Parameter): Parameter {
    const [, name = ""] = given.$ref?.startsWith("#/parameters/") === true ? given.$ref.split("#/parameters/") : [];
    return this.document(file).parameters?.[name] ?? given;
  }

  private document(file: string): Document {
    const known = this.documents.get(file);
    if (known !== undefined) return known;
    const read = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, "")) as Document;
    this.documents.set(file, read);
    return read;
  }
}

/** A name for a definition that no other file has: `mfe.OnlineEndpoint`; the versions of common types are told apart. */
export function definitionName(file: string, name: string): string {
  const version = /common-types[\\/].*[\\/](v\d+)[\\/]/.exec(file)?.[1] ?? "";
  return `${basename(file, ".json")}${version}.${name}`;
}
