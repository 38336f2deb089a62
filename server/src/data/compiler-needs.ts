/**
 * Python packages that call nvcc or the CUDA headers while they run: they compile kernels on first use.
 * Source: the installation pages of each project (vLLM, SGLang and LMDeploy through FlashInfer and Triton; DeepSpeed
 * "op builder"; `torch.utils.cpp_extension.load` in nvdiffrast, gsplat, StyleGAN; CuPy "CUDA headers"), 2026-11.
 */
export const jitPackages =
  /\b(?:vllm|sglang|lmdeploy|deepspeed|triton(?!-?(?:server|client))|flashinfer|tilelang|tvm|colossalai|megatron|transformer[-_]engine|tensorrt[-_]llm|nvdiffrast|gsplat|nerfstudio|cupy|pycuda|numba|stylegan\d*|torch_extensions|cpp_extension)\b/i;
