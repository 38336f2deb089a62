// Read on 2026-11-27.

/**
 * Packages whose source does something beside making a wheel, which is not done where a wheel of it is kept: nvidia-pyindex
 * writes pip.conf (NVIDIA/tensorflow#74), those of TensorRT let pip install their libraries (setup.py of tensorrt 10; NVIDIA's
 * installation guide has `pip cache remove "tensorrt*"`).
 */
export const actingBuilds =
  /^(?:nvidia-pyindex|nvidia-tensorrt|torch-tensorrt|tensorrt(?:-(?:lean|dispatch))?(?:-cu\d{2})?)$/;

/**
 * Packages that are compiled against the torch, NumPy, MPI or CUDA that is there, while pip knows what it has built by source
 * and Python alone (pip documentation, "Caching"), so that a new base would get the old one. Sources: their `setup.py`;
 * GDAL's page on PyPI, which asks for `--no-cache-dir`.
 */
export const boundBuilds =
  /^(?:flash-attn|causal-conv1d|mamba-ssm|torch-(?:scatter|sparse|cluster|spline-conv)|mmcv(?:-full)?|pytorch3d|apex|horovod|pycuda|mpi4py|gdal|natten|auto-gptq)$/;

/** What tells a build of source how to compile. */
export const buildVariables =
  /\b(?:CMAKE_ARGS|FORCE_CMAKE|TORCH_CUDA_ARCH_LIST|FORCE_CUDA|CUDAARCHS|C(?:XX|PP)?FLAGS|LDFLAGS|NVCC_\w{1,30}|DS_BUILD_\w{1,30}|HOROVOD_\w{1,30}|\w{1,40}_FORCE_BUILD|PYSPARK_HADOOP_VERSION|MMCV_WITH_OPS|HNSWLIB_NO_NATIVE)=/;
export const buildFlags =
  /--no-build-isolation\b|--no-binary\b|--config-settings?\b|--(?:global|build|install)-option\b/;
