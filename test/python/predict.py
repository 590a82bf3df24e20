"""Prints what real MLflow answers: predict.py FRAME.json MODEL_FOLDER... gives one list of answers for each folder."""

import json
import sys

import mlflow.pyfunc
import pandas as pd

with open(sys.argv[1], encoding="utf-8") as file:
    frame = json.load(file)
rows = pd.DataFrame(frame["data"], columns=frame["columns"])
print(json.dumps([mlflow.pyfunc.load_model(folder).predict(rows).tolist() for folder in sys.argv[2:]]))
