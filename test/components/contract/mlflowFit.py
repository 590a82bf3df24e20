"""What MLflow makes of JSON values of one type for a column of another type, as JSON: "<from> <to>" -> kept, changed, refused."""

import json

import pandas as pd
from mlflow.models.utils import _enforce_schema
from mlflow.types.schema import ColSpec, Schema
from mlflow.utils.proto_json_utils import dataframe_from_parsed_json

# Values at the edges of each type, as a caller of that type sends them.
VALUES = {
    "boolean": [True, False],
    "integer": [0, -(2**31), 2**31 - 1],
    "long": [0, 3, 2**53 + 1],
    "float": [0.5, 3.25, 2.0**100],
    "double": [0.5, 1.1, 2.0**100],
    "string": ["a", "b1"],
}


def fit(values: list, to: str) -> str:
    schema = Schema([ColSpec(to, "x")])
    try:
        frame = dataframe_from_parsed_json({"columns": ["x"], "data": [[v] for v in values]}, "split", schema)
        read = _enforce_schema(frame, schema)["x"]
    except Exception:
        return "refused"
    back = json.loads(pd.DataFrame({"x": read}).to_json(orient="values", double_precision=15))
    same = all(type(a) is type(b) or {type(a), type(b)} == {int, float} for (a,), b in zip(back, values))
    return "kept" if same and all(a == b for a, b in zip(read.tolist(), values)) else "changed"


print(json.dumps({f"{a} {b}": fit(values, b) for a, values in VALUES.items() for b in VALUES}))
