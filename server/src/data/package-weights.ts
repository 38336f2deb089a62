// Read on 2026-11-28.

/** Packages whose wheels have a hundred megabytes and more, or bring such. Source: the files of their releases on PyPI, as known 2026-11. */
export const largePackages =
  /^(?:torch|torchvision|tensorflow(?:-cpu|-gpu)?|jaxlib|nvidia-.+|onnxruntime-gpu|paddlepaddle(?:-gpu)?|pyspark|vllm|xformers|triton|bitsandbytes|cupy.*|xgboost)$/;

/** Tools of developers, of which a project lists a handful that are there in seconds. Source: the same. */
export const smallTools =
  /^(?:ruff|black|isort|flake8|pylint|pyright|mypy|pre-commit|pytest(?:-.+)?|coverage|tox|nox|ty|twine|build|commitizen|bump2version|python-semantic-release)$/;
