/** What a flavour of the nvidia/cuda images holds. */
export type CudaFlavour = 'base' | 'runtime' | 'devel';

/**
 * Packages of NVIDIA's repositories that each flavour of nvidia/cuda brings, besides those of the flavours before it;
 * without their version suffix (`-12-4`). Source: the Dockerfiles of gitlab.com/nvidia/container-images/cuda
 * (dist/12.x and 11.x, ubuntu and rockylinux), as known 2026-11; not read from the images.
 */
export const flavourPackages: Readonly<Record<CudaFlavour, RegExp>> = {
  base: /^cuda-(?:cudart|compat)$/,
  runtime:
    /^(?:cuda-(?:libraries|runtime|nvtx)|libnpp|libcublas|libcusparse|libcufft|libcurand|libcusolver)$/,
  devel:
    /^(?:cuda-(?:cudart-dev|cudart-devel|libraries-dev|libraries-devel|command-line-tools|minimal-build|nvcc|nvml-dev|nvml-devel|nvprof|toolkit|compiler)|lib(?:cublas|cusparse|npp|cufft|curand|cusolver)-(?:dev|devel))$/,
};

/** Packages of cuDNN that the tags with `cudnn` bring: the runtime ones, and with `-devel` the headers too. */
export const cudnnPackages: Readonly<Record<'runtime' | 'devel', RegExp>> = {
  runtime: /^(?:libcudnn\d*|libcudnn\d+-cuda)$/,
  devel: /^libcudnn\d*(?:-dev|-devel)?(?:-cuda)?$/,
};

/**
 * Host-side packages of NVIDIA's container runtime: they configure the engine, which an image has no part in.
 * Source: NVIDIA Container Toolkit, "Installation guide" and its component list, 2026-11.
 */
export const hostRuntimePackages =
  /^(?:nvidia-container-(?:toolkit(?:-base)?|runtime(?:-hook)?)|nvidia-docker2?|libnvidia-container(?:1|-tools|-devel?|-dbg)?)$/;

/**
 * Images that set NVIDIA_VISIBLE_DEVICES=all themselves, matched against the repository.
 * Source: Dockerfiles of nvidia/cuda; NGC images are built on it; pytorch/pytorch's own Dockerfile, 2026-11.
 */
export const imagesWithVisibleDevices = /^nvidia\/|^pytorch\/pytorch$/;

/**
 * Packages that hold NVIDIA's driver for the machine, or bring it along. The versioned `cuda-12-4` and the bare `cuda` depend
 * on it, `cuda-toolkit-12-4` does not. Source: CUDA Installation Guide for Linux, "Meta Packages"; names of Debian, Ubuntu
 * and NVIDIA's own repositories, 2026-11.
 */
export const driverPackages =
  /^(?:nvidia-driver(?:-.+)?|nvidia-open(?:-\d+)?|nvidia-\d{3}(?:-.+)?|nvidia-(?:dkms|headless|kernel|utils|compute-utils)-.+|nvidia-smi|libcuda1(?:-\d+)?|libnvidia-(?:compute|gl|encode|decode|fbc1|extra)-\d+(?:-.+)?|cuda-drivers(?:-.+)?|a?kmod-nvidia(?:-.+)?|cuda(?:-\d+-\d+)?)$/;
