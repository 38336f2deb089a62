/**
 * Python packages that call nvcc or the CUDA headers while they run: they compile kernels on first use.
 * Source: the installation pages of each project (vLLM, SGLang and LMDeploy through FlashInfer and Triton; DeepSpeed
 * "op builder"; `torch.utils.cpp_extension.load` in nvdiffrast, gsplat, StyleGAN; CuPy "CUDA headers"), 2026-11.
 */
export const jitPackages =
  /\b(?:vllm|sglang|lmdeploy|deepspeed|triton(?!-?(?:server|client))|flashinfer|tilelang|tvm|colossalai|megatron|transformer[-_]engine|tensorrt[-_]llm|nvdiffrast|gsplat|nerfstudio|cupy|pycuda|numba|stylegan\d*|torch_extensions|cpp_extension)\b/i;

/**
 * Python packages whose `setup.py` imports torch, by the names under which PyPI has them. Source: `setup.py` of
 * Dao-AILab/flash-attention, Dao-AILab/causal-conv1d, state-spaces/mamba, rusty1s/pytorch_scatter and its siblings, 2026-11.
 */
export const torchBuilders = new Set(
  'flash-attn causal-conv1d mamba-ssm torch-scatter torch-sparse torch-cluster torch-spline-conv'.split(' '),
);

/**
 * Python packages whose `setup.py` looks at the frameworks that are there, and builds for these alone. Source: `setup.py` of
 * horovod/horovod, NVIDIA/apex, NVIDIA/TransformerEngine, facebookresearch/detectron2 and open-mmlab/mmcv, 2026-11.
 */
export const frameworkBuilders: ReadonlySet<string> = new Set([
  ...torchBuilders,
  ...'horovod apex transformer-engine detectron2 mmcv mmcv-full deepspeed'.split(' '),
]);

/**
 * Python packages that do not bring torch along: tools to build with, and what small things are installed beside them.
 * Source: their `requires_dist` on PyPI, 2026-11.
 */
export const torchlessPackages = new Set(
  `build cmake cython einops hatchling ipython jupyter jupyterlab matplotlib meson ninja notebook numpy opencv-python
  opencv-python-headless packaging pandas pillow pip psutil pybind11 pytest pyyaml requests scikit-build-core scikit-learn
  scipy setuptools setuptools-scm six tqdm typing-extensions uv virtualenv wheel`.split(/\s+/),
);

/**
 * Python packages that call a C compiler while they run, so that an image without one is no place for them. Source: the
 * installation pages of each (Triton, vLLM, SGLang, DeepSpeed, PyTensor "g++ not available", CmdStanPy and PyStan "C++
 * toolchain", Brian2 "Cython"), and Playwright and Pyppeteer, whose browsers load many libraries; 2026-11.
 */
export const keepsFullImage: ReadonlySet<string> = new Set(
  `vllm sglang lmdeploy triton deepspeed unsloth flashinfer-python tilelang nvdiffrast gsplat pytensor aesara theano pymc
  cmdstanpy pystan brian2 pythran scipy-weave cppyy liger-kernel gptqmodel auto-gptq autoawq sageattention playwright
  pyppeteer crawl4ai browser-use scrapy-playwright`.split(/\s+/),
);

/** What code of a project itself says that is compiled while it runs (PyTorch documentation; setuptools; Numba needs none). */
export const compilesAtRun =
  /\btorch\.compile\(|\btorch_compile ?= ?True|\bcpp_extension\b|\bpyximport\b|^[ \t]*(?:import|from) (?:triton|cffi)\b/m;
