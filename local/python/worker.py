"""Scores one MLflow model for a local Azure ML: JSON lines in, JSON lines out, one for one.

    python worker.py MODEL_FOLDER

Says {"ready": true} when the model is loaded, or {"error": ...} and ends when it cannot be. Then answers each
{"columns": [...], "data": [...]} or {"input_data": ...}, with optional "params", by {"answer": ...} or {"error": ...}.
Ends, with the processes that the model started, when its input does. Everything else that is printed is the log.
"""

from __future__ import annotations

import io
import json
import os
import queue
import signal
import sys
import threading
import traceback
from typing import Any


def main() -> int:
    requests, replies = take_streams()
    inbox: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=receive, args=(requests, inbox), daemon=True).start()
    try:
        model = load(sys.argv[1])
    except Exception as error:
        send(replies, failure(error))
        return 1
    send(replies, '{"ready": true}')
    while True:
        try:
            reply = json_text({"answer": answer(model, json.loads(inbox.get()))})
        except Exception as error:
            reply = failure(error)
        send(replies, reply)


def take_streams() -> tuple[io.TextIOWrapper, io.TextIOWrapper]:
    """Keeps standard input and output for itself: a model finds the one empty, and the other is the log."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return requests, replies


def receive(requests: io.TextIOWrapper, inbox: queue.SimpleQueue[str]) -> None:
    """Reads in a thread of its own, so that the end of input ends a model that is loading or busy as well."""
    for line in requests:
        inbox.put(line)
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def load(folder: str) -> Any:
    import mlflow.pyfunc

    return mlflow.pyfunc.load_model(folder)


def answer(model: Any, request: dict[str, Any]) -> Any:
    from mlflow.utils.proto_json_utils import _get_jsonable_obj, dataframe_from_parsed_json

    schema = model.metadata.get_input_schema()
    if "columns" in request:
        frame = {"columns": request["columns"], "data": request["data"]}
        data = dataframe_from_parsed_json(frame, "split", schema)
    else:
        data = read_input(request["input_data"], schema)
    params = request.get("params")
    result = model.predict(data) if params is None else model.predict(data, params=params)
    return _get_jsonable_obj(result, pandas_orient="records")


def read_input(data: Any, schema: Any) -> Any:
    """Reads `input_data` as Azure's scoring script does for a model whose signature has no columns."""
    import numpy as np
    import pandas as pd

    if isinstance(data, dict) and {"columns", "index", "data"} <= data.keys():
        return pd.read_json(io.StringIO(json.dumps(data)), orient="split", dtype=False)
    types = {} if schema is None else {spec.name: spec.type for spec in schema.inputs}
    if isinstance(data, dict):
        return {name: np.asarray(value, dtype=types.get(name)) for name, value in data.items()}
    return np.asarray(data, dtype=types.get(None)) if isinstance(data, list) else data


def json_text(value: Any) -> str:
    try:
        return json.dumps(value, allow_nan=False)
    except ValueError:
        # The container writes bare NaN and Infinity, which JSON does not have.
        return json.dumps(json.loads(json.dumps(value), parse_constant=lambda _: None))


def failure(error: Exception) -> str:
    traceback.print_exc()
    return json.dumps({"error": "".join(traceback.format_exception_only(error)).strip()})


def send(replies: io.TextIOWrapper, line: str) -> None:
    sys.stderr.flush()
    replies.write(line + "\n")
    replies.flush()


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)
