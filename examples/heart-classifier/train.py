"""Trains both versions of the heart classifier and saves them as MLflow models.

    pip install -r requirements.txt
    python train.py --data heart.csv --out .

Writes `models/blue`, `models/green`, `sample-request.json` and `expected-answers.json` below --out. Each model is a
scikit-learn pipeline with XGBoost, saved with the python_function and sklearn flavours, and an onnx flavour beside
them that gives the same answer on every row; nothing is written when it does not.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

import mlflow.sklearn
import numpy as np
import onnx
import onnxruntime
import pandas as pd
from mlflow.models import Model, infer_signature
from onnxmltools.convert.xgboost.operator_converters.XGBoost import convert_xgboost
from skl2onnx import convert_sklearn, update_registered_converter
from skl2onnx.common.data_types import FloatTensorType, Int64TensorType, StringTensorType
from skl2onnx.common.shape_calculator import calculate_linear_classifier_output_shapes
from sklearn.compose import ColumnTransformer
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder
from xgboost import XGBClassifier

COLUMNS = ["age", "sex", "cp", "trestbps", "chol", "fbs", "restecg", "thalach", "exang", "oldpeak", "slope", "ca", "thal"]
TARGET = "target"
OPSET = {"": 15, "ai.onnx.ml": 3}
VERSIONS = {
    "blue": {"n_estimators": 5, "max_depth": 1, "learning_rate": 0.5},
    "green": {"n_estimators": 60, "max_depth": 3, "learning_rate": 0.1, "subsample": 0.8},
}
# What Azure's no-code image installs. pandas 3 reads text columns as a type that models cannot be fed with.
PIP_REQUIREMENTS = [
    "mlflow==3.17.2",
    "azureml-inference-server-http",
    "azureml-ai-monitoring",
    "cloudpickle==3.1.2",
    "numpy==2.4.6",
    "pandas==2.3.3",
    "scikit-learn==1.9.1",
    "xgboost==3.2.0",
]


def main() -> int:
    args = parse_arguments()
    try:
        features, target = read_data(args.data)
    except (OSError, ValueError) as error:
        print(f"train.py: {error}", file=sys.stderr)
        return 1
    pipelines = {name: train(features, target, settings) for name, settings in VERSIONS.items()}
    answers = {name: pipeline.predict(features).astype("int64") for name, pipeline in pipelines.items()}
    for name, pipeline in pipelines.items():
        graph = to_onnx(pipeline)
        check_same_answers(name, graph, features, answers[name])
        save(pipeline, graph, features, answers[name], args.out / "models" / name)
        accuracy = cross_val_score(pipeline, features, target, cv=5, scoring="accuracy").mean()
        auc = cross_val_score(pipeline, features, target, cv=5, scoring="roc_auc").mean()
        print(f"{name}: accuracy {accuracy:.3f}, AUC {auc:.3f} (5-fold), saved in {args.out / 'models' / name}")
    differing = np.flatnonzero(answers["blue"] != answers["green"])
    print(f"blue and green differ on {len(differing)} of {len(features)} rows")
    write_samples(features, answers, differing, args.out)
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train both versions of the heart classifier.")
    parser.add_argument("--data", type=Path, required=True, help="CSV file with the 13 features and 'target'")
    parser.add_argument("--out", type=Path, default=Path("."), help="folder to write to (default: this one)")
    return parser.parse_args()


def read_data(path: Path) -> tuple[pd.DataFrame, pd.Series]:
    data = pd.read_csv(path)
    missing = [name for name in [*COLUMNS, TARGET] if name not in data.columns]
    if missing:
        raise ValueError(f"{path} lacks the columns {', '.join(missing)}")
    features = data[COLUMNS].astype({name: "int64" for name in COLUMNS if name not in ("oldpeak", "thal")})
    return features.astype({"oldpeak": "float64", "thal": "object"}), data[TARGET].astype("int64")


def train(features: pd.DataFrame, target: pd.Series, settings: dict[str, float]) -> Pipeline:
    encode = ColumnTransformer([("thal", OneHotEncoder(handle_unknown="ignore"), ["thal"])], remainder="passthrough")
    classifier = XGBClassifier(**settings, random_state=0, n_jobs=1)
    return Pipeline([("encode", encode), ("classify", classifier)]).fit(features, target)


def to_onnx(pipeline: Pipeline) -> onnx.ModelProto:
    update_registered_converter(
        XGBClassifier,
        "XGBoostXGBClassifier",
        calculate_linear_classifier_output_shapes,
        convert_xgboost,
        options={"nocl": [True, False], "zipmap": [True, False, "columns"]},
    )
    graph = convert_sklearn(
        pipeline,
        initial_types=[(name, onnx_type(name)) for name in COLUMNS],
        target_opset=OPSET,
        options={id(pipeline): {"zipmap": False}},
    )
    graph.graph.name = "heart-classifier"
    graph.opset_import.sort(key=lambda opset: opset.domain)
    return graph


def onnx_type(column: str) -> FloatTensorType | Int64TensorType | StringTensorType:
    kinds = {"thal": StringTensorType, "oldpeak": FloatTensorType}
    return kinds.get(column, Int64TensorType)([None, 1])


def check_same_answers(name: str, graph: onnx.ModelProto, features: pd.DataFrame, answers: np.ndarray) -> None:
    session = onnxruntime.InferenceSession(graph.SerializeToString())
    dtypes = {"oldpeak": np.float32, "thal": object}
    feed = {column: features[[column]].to_numpy().astype(dtypes.get(column, np.int64)) for column in COLUMNS}
    different = np.flatnonzero(session.run(["label"], feed)[0] != answers)
    if len(different) > 0:
        raise SystemExit(f"train.py: the onnx flavour of {name} differs on rows {different.tolist()}; nothing was written")


def save(pipeline: Pipeline, graph: onnx.ModelProto, features: pd.DataFrame, answers: np.ndarray, folder: Path) -> None:
    """Saves to a temporary folder first, so that a failure leaves the old model in place."""
    with tempfile.TemporaryDirectory() as temporary:
        fresh = Path(temporary) / "model"
        mlflow.sklearn.save_model(
            pipeline,
            str(fresh),
            signature=infer_signature(features, answers),
            input_example=features.head(3),
            serialization_format="cloudpickle",
            pip_requirements=PIP_REQUIREMENTS,
        )
        onnx.save(graph, str(fresh / "model.onnx"))
        add_onnx_flavour(fresh, folder.name)
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(fresh, folder)


def add_onnx_flavour(folder: Path, name: str) -> None:
    """The onnx flavour stands beside the others; what differs from run to run is fixed, so that runs can be compared."""
    model = Model.load(str(folder))
    model.add_flavor("onnx", onnx_version=onnx.__version__, data="model.onnx", providers=["CPUExecutionProvider"])
    model.model_uuid = {"blue": "0" * 31 + "1", "green": "0" * 31 + "2"}[name]
    model.utc_time_created = "2026-11-24 00:00:00.000000"
    model.save(str(folder / "MLmodel"))


def write_samples(features: pd.DataFrame, answers: dict[str, np.ndarray], differing: np.ndarray, out: Path) -> None:
    rows = sorted({0, 1, 2, *differing[:2].tolist()})
    sample = json.loads(features.iloc[rows].reset_index(drop=True).to_json(orient="split"))
    expected = {name: given[rows].tolist() for name, given in answers.items()}
    (out / "sample-request.json").write_text(json.dumps({"input_data": sample}, indent=2) + "\n")
    (out / "expected-answers.json").write_text(json.dumps(expected, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
