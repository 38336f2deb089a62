/**
 * Images whose own Dockerfile ends in a user other than root, matched against `registry/repository:tag`.
 * Source, read 2026-11: the Dockerfiles of jupyter/docker-stacks, mamba-org/micromamba-docker, aws/sagemaker-distribution,
 * rapidsai/docker, sclorg/s2i-python-container, pytorch/serve, apache/airflow, ray-project/ray, kubeflow/kubeflow
 * (example-notebook-servers), openvinotoolkit/docker_ci and CircleCI-Public/cimg-base; what Dockerfiles built on
 * azureml/…inference and huggingface/lerobot say of them. Not verified against the images: Bitnami, Chainguard, Docker
 * Hardened Images, distroless, Lambda and modh/opendatahub; a wrong entry there hides a finding of level info.
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
  /(?:^|\/)python-\d[^/]*:/,
  /(?:^|\/)apache\/airflow:/,
  /(?:^|\/)kubeflownotebookswg\//,
  /(?:^|\/)openvino\/(?!.*:\d{4}_R)/,
  /^quay\.io\/(?:modh|opendatahub)\//,
  /^public\.ecr\.aws\/(?:lambda|sam)\/|(?:^|\/)amazon\/aws-lambda-/,
  /^(?:cimg|circleci|rayproject)\//,
  /^mcr\.microsoft\.com\/azureml\/.*inference|^huggingface\/lerobot/,
];

/**
 * Images made for Python, machine learning or GPUs that stay root, matched in the same way.
 * Source: the bases of the 1,127 ML files of the corpus, 2026-11.
 */
export const pythonImages: readonly RegExp[] = [
  /^(?:[^/][^/.]*\.[^/]+\/(?:[^/]+\/)*)?(?:python|pypy):/,
  /(?:^|\/)(?:pytorch|tensorflow|nvidia|rocm|huggingface|vllm|lmsysorg|astral-sh|astral)\//,
  /(?:^|\/)(?:continuumio|condaforge|conda|paddlepaddle|mxnet|deepspeed|mosaicml|cupy|ultralytics|kaggle)\//,
  /^nvcr\.io\/|^gcr\.io\/(?:deeplearning-platform-release|kaggle)|^mcr\.microsoft\.com\/azureml\//,
  /^us-docker\.pkg\.dev\/(?:vertex-ai|deeplearning-platform-release)\//,
  /^\d+\.dkr\.ecr\.[^/]+\/(?:pytorch|tensorflow|huggingface|mxnet|djl|sagemaker)/,
  /^(?:tiangolo|kaixhin|floydhub|bvlc|jax)\/|(?:^|\/)mlflow:|^ghcr\.io\/(?:huggingface|mlflow|nvidia)\//,
];

/** Plain images of operating systems and languages, which stay root; of a mirror too. As known 2026-11, not verified one by one. */
export const plainImages: readonly RegExp[] = [
  /^(?:[^/][^/.]*\.[^/]+\/(?:[^/]+\/)*)?(?:debian|ubuntu|alpine|busybox|centos|fedora|rockylinux|almalinux|amazonlinux|oraclelinux|ubi\d*(?:-\w+)?|buildpack-deps|node|golang|rust|openjdk|julia|r-base):/,
];
