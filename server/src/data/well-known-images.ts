/**
 * Images whose Dockerfiles are known well: they start a CMD as it is written, having no ENTRYPOINT or one that ends in
 * `exec "$@"`, and do not set PYTHONUNBUFFERED. Others may evaluate a CMD, as those of TorchServe and of SageMaker's
 * inference images do, and set the variable, as AWS's and Kaggle's do. Matched against `registry/repository`, or a mirror's
 * `…/library/…`. Source: the Dockerfiles of the projects, as known 2026-11, not verified one by one.
 */
export const wellKnownImages: readonly RegExp[] = [
  /^(?:[^/][^/.]*\.[^/]+\/(?:[^/]+\/)*library\/)?(?:scratch|python|pypy|debian|ubuntu|alpine|busybox|buildpack-deps|node|golang|rust)$/,
  /^(?:[^/][^/.]*\.[^/]+\/(?:[^/]+\/)*library\/)?(?:centos|fedora|rockylinux|almalinux|amazonlinux|eclipse-temurin|openjdk)$/,
  /(?:^|\/)(?:pytorch\/pytorch|tensorflow\/tensorflow|nvidia\/(?:cuda|pytorch|tensorflow)|rocm\/\w+)$/,
  /(?:^|\/)(?:astral-sh\/uv|astral\/uv|mambaorg\/micromamba|condaforge\/[\w-]+|continuumio\/(?:ana|mini)conda3)$/,
  /^gcr\.io\/distroless\//,
];
