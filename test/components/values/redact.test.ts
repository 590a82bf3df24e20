import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { redact } from "../../../components/values/redact";

const KEY = "kJ8sd9fLq2Wm4xZp7Rt1Vb6Nc3Yh5Gu0Ae";
const STORAGE_KEY = `${"aB3/".repeat(21)}xY==`;
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJoZWFydCJ9.c2lnbmF0dXJl";

describe("what opens something is not shown", () => {
  test.each([
    ["GET https://s.blob.core.windows.net/c/b?sv=2024&sig=abc%2Fdef%3D&se=1", "abc%2Fdef"],
    ["DefaultEndpointsProtocol=https;AccountName=s;AccountKey=abcdef==;EndpointSuffix=x", "abcdef"],
    ["Authorization: Bearer abcdefgh12345678", "abcdefgh"],
    [`token ${TOKEN} was refused`, TOKEN],
    ["connecting to postgres://user:hunter2@db/heart", "hunter2"],
    ['{"api_key": "hunter2", "model": 1}', "hunter2"],
    ["DB_PASSWORD=hunter2 STAGE=dev", "hunter2"],
    [`the key ${KEY} has expired`, KEY],
    [`account ${STORAGE_KEY} is wrong`, STORAGE_KEY.slice(0, 20)],
  ])("%s", (line, secret) => {
    expect(redact(line)).toContain("[redacted]");
    expect(redact(line)).not.toContain(secret);
  });

  test.prop([
    fc.stringMatching(/^[A-Za-z0-9]{32,84}$/).filter((text) => /\d/.test(text) && /[A-Za-z]/.test(text)),
    fc.constantFrom("", "key is ", '{"value": "', "?sig=", "AccountKey=", "Bearer "),
  ])("keys as Azure makes them, wherever they stand", (key, before) => {
    expect(redact(`${before}${key}`)).not.toContain(key);
  });
});

test.each([
  'File "/var/azureml-app/azureml-models/heart-classifier/1/scored.py", line 12, in _load_pyfunc',
  "ModuleNotFoundError: No module named 'azureml_inference_server_http'",
  "2026-11-25T02:47:22.000Z operation 4a1d0f3e-9b1c-4f5e-8a77-0c2d9be1f001 has ended",
  "KeyError: 'chol' is no key of the frame; tokens 12",
])("what explains a failure is kept: %s", (line) => {
  expect(redact(line)).toBe(line);
});
