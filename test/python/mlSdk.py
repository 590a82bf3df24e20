"""Microsoft's ML SDK walks a rollout; what it sees is printed as JSON.

Usage: mlSdk.py MODEL_FOLDER REQUEST_FILE [CLOUD]
"""

import json
import os
import sys

from azure.ai.ml import MLClient
from azure.ai.ml.constants import ListViewType
from azure.ai.ml.entities import ManagedOnlineDeployment, ManagedOnlineEndpoint, Model
from azure.identity import ClientSecretCredential

folder, request_file, *cloud = sys.argv[1:]
environment = os.environ
credential = ClientSecretCredential(
    environment["AZURE_TENANT_ID"],
    environment["AZURE_CLIENT_ID"],
    environment["AZURE_CLIENT_SECRET"],
    authority=environment["AZURE_AUTHORITY_HOST"],
    disable_instance_discovery=True,
)
named = {"cloud": cloud[0]} if cloud else {}
client = MLClient(credential, environment["AZURE_SUBSCRIPTION_ID"], "heart", "heart", **named)

suffix = "-named" if cloud else ""
models = "sdk-model" + suffix
for version in ("1", "2", "3"):
    model = Model(name=models, version=version, path=folder, type="mlflow_model", tags={"number": version})
    model = client.models.create_or_update(model)
client.models.archive(models, version="3")

name = "heart-sdk" + suffix
endpoint = client.online_endpoints.begin_create_or_update(ManagedOnlineEndpoint(name=name, auth_mode="key")).result()
deployment = ManagedOnlineDeployment(
    name="blue",
    endpoint_name=name,
    model=client.models.get(models, version="2"),
    instance_type="Standard_DS3_v2",
    instance_count=1,
)
deployment = client.online_deployments.begin_create_or_update(deployment).result()
endpoint.traffic = {"blue": 100}
endpoint = client.online_endpoints.begin_create_or_update(endpoint).result()

seen = {
    "active": [each.version for each in client.models.list(name=models)],
    "archived": [
        each.version for each in client.models.list(name=models, list_view_type=ListViewType.ARCHIVED_ONLY)
    ],
    "models": [each.name for each in client.models.list() if each.name == models],
    "latest": client.models.get(models, label="latest").version,
    "default": client.datastores.get_default().name,
    "workspaces": [each.name for each in client.workspaces.list()],
    "endpoints": [each.name for each in client.online_endpoints.list() if each.name == name],
    "deployments": [each.name for each in client.online_deployments.list(name)],
    "state": deployment.provisioning_state.lower().split(".")[-1],
    "traffic": endpoint.traffic,
    "answers": json.loads(client.online_endpoints.invoke(name, request_file=request_file)),
    "logs": client.online_deployments.get_logs("blue", name, 5) != "",
}
print("\n" + json.dumps(seen))
