/** The local Azure ML with its heavy parts is a package of its own. */
export type LocalPackage = typeof import("azure-mlflow-rollout-local");

/** @throws Error with the install line when the package is not installed */
export async function loadLocalPackage(): Promise<LocalPackage> {
  try {
    return await import("azure-mlflow-rollout-local");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new Error("the local Azure is not installed; run: npm install --save-dev azure-mlflow-rollout-local", {
      cause: error,
    });
  }
}
