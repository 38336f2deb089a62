/** A flavour of the images of nvidia/cuda, with or without cuDNN. */
export interface CudaFlavour {
  readonly cudnn: 'cudnn' | undefined;
  readonly flavour: 'base' | 'runtime' | 'devel';
  readonly holds: string;
  readonly use: string;
}

/**
 * What the parts between version and system of a tag stand for, the smallest image first. Source: the Dockerfiles of
 * nvidia/cuda, as for cuda-packages.ts; as known 2026-11.
 */
export const cudaFlavours: readonly CudaFlavour[] = [
  {
    cudnn: undefined,
    flavour: 'base',
    holds: 'CUDA runtime alone',
    use: 'Enough where the packages bring the rest of CUDA along, as the wheels of PyTorch do.',
  },
  {
    cudnn: undefined,
    flavour: 'runtime',
    holds: 'CUDA with its math libraries, no compiler',
    use: 'Runs what was compiled against cuBLAS, cuFFT and their like.',
  },
  {
    cudnn: 'cudnn',
    flavour: 'runtime',
    holds: 'CUDA with its math libraries and cuDNN, no compiler',
    use: 'Runs what takes cuDNN from the system, such as ONNX Runtime.',
  },
  {
    cudnn: undefined,
    flavour: 'devel',
    holds: 'CUDA with nvcc and headers',
    use: 'Compiles CUDA code. It is by far larger: let a stage of its own build with it.',
  },
  {
    cudnn: 'cudnn',
    flavour: 'devel',
    holds: 'CUDA with nvcc, headers and cuDNN',
    use: 'Compiles CUDA code that needs cuDNN. It is the largest: let a stage of its own build with it.',
  },
];
