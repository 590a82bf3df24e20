/** A column of a signature as MLflow writes it. */
export function column(name: string, type: string, required = true): object {
  return { type, name, required };
}

export function tensor(dtype: string, shape: readonly number[], name?: string): object {
  return { type: "tensor", "tensor-spec": { dtype, shape }, ...(name !== undefined && { name }) };
}

interface MlModelParts {
  readonly inputs?: readonly object[];
  readonly outputs?: readonly object[];
  readonly params?: readonly object[];
  readonly flavours?: readonly string[];
  readonly python?: string;
}

/** An `MLmodel` file; the signature is left out without inputs and outputs. */
export function mlModelText({
  inputs,
  outputs,
  params,
  flavours = ["sklearn"],
  python = "3.11.7",
}: MlModelParts): string {
  const json = (list: readonly object[] | undefined) => (list === undefined ? "null" : `'${JSON.stringify(list)}'`);
  const signature = [
    `signature:`,
    `  inputs: ${json(inputs)}`,
    `  outputs: ${json(outputs)}`,
    `  params: ${json(params)}`,
  ];
  return [
    "flavors:",
    ...flavours.map((flavour) => `  ${flavour}: {}`),
    "  python_function:",
    "    env:",
    "      conda: conda.yaml",
    `    python_version: ${python}`,
    ...(inputs === undefined && outputs === undefined ? [] : signature),
    "",
  ].join("\n");
}
