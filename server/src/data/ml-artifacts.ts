// Read on 2026-11-23.

/**
 * What an ML project makes while it is worked on, by kind. Sources: the documentation of venv, MLflow ("Tracking", default
 * `mlruns`), Weights & Biases (`wandb`), PyTorch Lightning (`lightning_logs`), DVC (`.dvc/cache`), Jupyter and pytest;
 * file names as serialization formats call themselves (PyTorch, safetensors, ONNX, Keras, TensorFlow Lite, GGUF, joblib).
 */

/** Folders that never belong into an image. */
export const workFolders: readonly string[] = [
  '.venv',
  'venv',
  'mlruns',
  'wandb',
  'lightning_logs',
  '.dvc/cache',
  '.ipynb_checkpoints',
  '.pytest_cache',
  '.mypy_cache',
  '.ruff_cache',
  'node_modules',
];

/** Folders that belong there only where an image is meant to hold them, and that are large where it is not. */
export const dataFolders: readonly string[] = ['data', 'datasets', 'checkpoints', 'outputs', 'logs', '.git'];

/** The ends of the names of files that hold the weights of a model, without their dots. */
export const weightsEnds: readonly string[] =
  'pt pth ckpt safetensors onnx h5 keras tflite gguf ggml joblib pkl engine mar'.split(' ');
export const weightsFile = new RegExp(`\\.(?:${weightsEnds.join('|')})$`, 'i');
