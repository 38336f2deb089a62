/**
 * Images whose own Dockerfile ends in a user other than root, matched against `registry/repository:tag`.
 * Source: the Dockerfiles of jupyter/docker-stacks, mamba-org/micromamba-docker, aws/sagemaker-distribution,
 * rapidsai/docker, sclorg/s2i-python-container, pytorch/serve, apache/airflow, kubeflow/kubeflow (example-notebook-servers),
 * openvinotoolkit/docker_ci and CircleCI-Public/cimg-base, read 2026-11; the documentation of Bitnami, Chainguard, Docker
 * Hardened Images and distroless. Lambda starts every container as a user of its own (AWS Lambda, "Create a Lambda
 * function using a container image").
 */
export const imagesWithUser: readonly RegExp[] = [
  /nonroot|rootless|unprivileged/,
  /(?:^|\/)jupyter\/[^/]+:/,
  /(?:^|\/)mambaorg\/micromamba:/,
  /(?:^|\/)sagemaker-distribution:/,
  /(?:^|\/)bitnami(?:legacy|secure)?\//,
  /^(?:cgr\.dev|dhi\.io)\//,
  /(?:^|\/)pytorch\/torchserve/,
  /(?:^|\/)rapidsai\/(?:base|notebooks):/,
  /(?:^|\/)python-\d+[^/]*:/,
  /(?:^|\/)apache\/airflow:/,
  /(?:^|\/)kubeflownotebookswg\//,
  /(?:^|\/)openvino\/(?!.*:\d{4}_R)/,
  /^quay\.io\/(?:modh|opendatahub)\//,
  /^public\.ecr\.aws\/(?:lambda|sam)\/|(?:^|\/)amazon\/aws-lambda-/,
  /^(?:cimg|circleci)\//,
];

/** Images made for Python, machine learning or GPUs, matched in the same way. Source: the corpus of issue 3, 2026-11. */
export const pythonImages: readonly RegExp[] = [
  /(?:^|\/)(?:python|python3|pypy|uv|caffe|cuda)[^/]*:/,
  /(?:^|\/)(?:pytorch|tensorflow|nvidia|rocm|huggingface|vllm|lmsysorg|rapidsai|rayproject|jupyter|openvino)\//,
  /(?:^|\/)(?:continuumio|condaforge|conda|mambaorg|paddlepaddle|mxnet|deepspeed|mosaicml|cupy|ultralytics)\//,
  /^nvcr\.io\/|^gcr\.io\/(?:deeplearning-platform-release|kaggle)|^mcr\.microsoft\.com\/azureml\//,
  /^us-docker\.pkg\.dev\/(?:vertex-ai|deeplearning-platform-release)\//,
  /^\d+\.dkr\.ecr\.[^/]+\/(?:pytorch|tensorflow|huggingface|mxnet|djl|sagemaker)/,
  /(?:^|\/)tiangolo\/(?:uvicorn|meinheld)|(?:^|\/)mlflow[^/]*:|(?:^|\/)(?:text-generation|text-embeddings)-inference:/,
];
