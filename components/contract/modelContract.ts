/** One input or output of a model: a column, or a tensor when it has a shape. */
export interface Field {
  /** Undefined where the signature has none; the position counts then. */
  readonly name: string | undefined;
  /** MLflow's name of a column's type, such as `long` or `array of string`; numpy's name of a tensor's, such as `int64`. */
  readonly type: string;
  readonly required: boolean;
  /** Sizes of a tensor, -1 for any. */
  readonly shape: readonly number[] | undefined;
}

/** A value that a request may give beside the inputs. */
export interface Param {
  readonly name: string;
  readonly type: string;
  readonly isList: boolean;
  /** As JSON. */
  readonly default: string;
}

/** What a model declares of its requests and answers; a part that it does not declare is undefined. */
export interface Signature {
  readonly inputs: readonly Field[] | undefined;
  readonly outputs: readonly Field[] | undefined;
  readonly params: readonly Param[];
}

/** What callers of a deployment rely on, as its model's `MLmodel` file says. */
export interface ModelContract {
  /** The flavours beside `python_function`, sorted. */
  readonly flavours: readonly string[];
  /** Such as `3.11.7`. */
  readonly pythonVersion: string | undefined;
  readonly signature: Signature | undefined;
  /** Path of the conda file in the model's folder. */
  readonly condaFile: string | undefined;
}
