/**
 * Variables that images set, matched against `registry/repository` and the variable's name; PATH is set in each of them.
 * An image that is not here may set anything.
 * Source, read 2026-11: the Dockerfiles of debuerreotype (debian), ubuntu, alpine, docker-library (busybox, buildpack-deps,
 * python, node, golang, rust), of nvidia/container-images/cuda from CUDA 8 on, and of pytorch/pytorch; the workflow that
 * builds the images of astral-sh/uv on those of python, buildpack-deps, debian and alpine.
 */
export const imageVariables: readonly { readonly image: RegExp; readonly variable: RegExp }[] = [
  { image: /^(?:scratch|debian|ubuntu|alpine|busybox|buildpack-deps)$/, variable: /^PATH$/ },
  {
    image: /^(?:(?:public\.ecr\.aws\/docker|mirror\.gcr\.io)\/(?:library\/)?)?python$/,
    variable: /^(?:PATH|LANG|GPG_KEY|PYTHON\w+)$/,
  },
  {
    image: /^(?:ghcr\.io\/astral-sh|astral)\/uv$/,
    variable: /^(?:PATH|LANG|GPG_KEY|PYTHON\w+|UV_TOOL_BIN_DIR)$/,
  },
  { image: /^node$/, variable: /^(?:PATH|NODE_VERSION|YARN_VERSION|NPM_CONFIG_LOGLEVEL)$/ },
  { image: /^golang$/, variable: /^(?:PATH|GOPATH|GOTOOLCHAIN|GOLANG_\w+)$/ },
  { image: /^rust$/, variable: /^(?:PATH|RUST_VERSION|RUSTUP_HOME|CARGO_HOME)$/ },
  {
    image: /^(?:nvcr\.io\/)?nvidia\/cuda$|^pytorch\/pytorch$/,
    variable:
      /^(?:PATH|LANG|LC_ALL|(?:LD_)?LIBRARY_PATH|(?:NVARCH|NV|NVIDIA|CUDA|CUDNN|NCCL|PYTORCH)(?:_\w+)?)$/,
  },
];

/** Build arguments that BuildKit knows without ARG in some places: the proxies (Dockerfile reference, "Predefined ARGs"). */
export const predefinedArgs = /^(?:(?:https?|ftp|all|no)_proxy|(?:HTTPS?|FTP|ALL|NO)_PROXY)$/;
