/**
 * Packages that conda names as PyPI does, or whose name on PyPI is known (`pytorch` is `torch`), and that need nothing
 * beside their wheel. Source: conda-forge and PyPI, names as known 2026-11.
 */
export const condaPackagesOnPypi: ReadonlySet<string> = new Set(
  `accelerate albumentations black catboost cupy cython dask datasets evaluate fastapi flask gensim gradio h5py
  huggingface_hub imageio ipykernel ipython jax jaxlib joblib jupyter jupyterlab keras lightgbm lightning matplotlib mlflow
  networkx nltk notebook numba numpy onnx onnxruntime opencv optuna pandas peft pillow pip plotly polars protobuf psutil
  pyarrow pydantic pytest python pytorch pytorch-cuda pytorch-gpu pytorch-lightning pyyaml ray requests scikit-image
  scikit-learn scipy seaborn sentencepiece setuptools spacy statsmodels streamlit sympy tensorboard tensorflow
  timm tokenizers torchaudio torchmetrics torchtext torchvision tqdm transformers typing_extensions
  uvicorn wandb wheel xgboost`.split(/\s+/),
);

/** Those of them that are installed for machine learning. */
export const condaMlPackages =
  /^(?:pytorch|tensorflow|jax|torchvision|torchaudio|transformers|scikit-learn|xgboost|lightgbm|keras|numpy|scipy|pandas)/;
