import { pythonModel } from "./modelFiles";

/** A model that does what its input says: a Python expression, or a few things that are none. */
export const SCRIPTED_MODEL = pythonModel(
  `
import os, sys, threading
import numpy as np
import pandas as pd

class Scripted:
    def predict(self, data):
        wish = data["wish"].iloc[0]
        if wish == "crash":
            print("about to crash", file=sys.stderr, flush=True)
            os._exit(7)
        if wish == "hang":
            print("hanging", flush=True)
            threading.Event().wait()
        return eval(wish)

def _load_pyfunc(path):
    return Scripted()
`,
  [{ type: "string", name: "wish", required: true }],
);

export const wish = (text: string): object => ({ input_data: { columns: ["wish"], data: [[text]] } });
