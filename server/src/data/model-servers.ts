/** A program that answers requests, and how it says that it is ready. */
export interface ModelServer {
  /** Path that answers once it serves; undefined where the application decides. */
  readonly path: string | undefined;
  /** The port that it takes where none is given. */
  readonly port: number;
  /** It loads a model of gigabytes before it answers. */
  readonly loadsModel: boolean;
}

const app = (port: number): ModelServer => ({ path: undefined, port, loadsModel: false });
const at = (path: string, port: number): ModelServer => ({ path, port, loadsModel: true });

/**
 * Servers by the name of their program or module. Source: the documentation of each (Triton "/v2/health/ready", TorchServe
 * "Health check API", vLLM and SGLang "/health", text-generation-inference, text-embeddings-inference, llama.cpp "GET
 * /health", BentoML "readyz", Streamlit "/_stcore/health", MLflow "/health"), as known 2026-11, not verified against servers.
 */
export const modelServers: Readonly<Record<string, ModelServer>> = {
  uvicorn: app(8000),
  gunicorn: app(8000),
  hypercorn: app(8000),
  granian: app(8000),
  fastapi: app(8000),
  streamlit: { path: '/_stcore/health', port: 8501, loadsModel: false },
  mlflow: { path: '/health', port: 5000, loadsModel: false },
  vllm: at('/health', 8000),
  'vllm.entrypoints.openai.api_server': at('/health', 8000),
  'sglang.launch_server': at('/health', 30000),
  tritonserver: at('/v2/health/ready', 8000),
  torchserve: at('/ping', 8080),
  'text-generation-launcher': at('/health', 80),
  'text-embeddings-router': at('/health', 80),
  'llama-server': at('/health', 8080),
  bentoml: at('/readyz', 3000),
};

/** Programs that Python runs, by their own name. Source: the projects' entry points on PyPI, 2026-11. */
export const pythonPrograms: ReadonlySet<string> = new Set([
  ...[
    'uvicorn',
    'gunicorn',
    'hypercorn',
    'daphne',
    'waitress-serve',
    'fastapi',
    'flask',
    'celery',
    'rq',
    'dagster',
  ],
  ...['streamlit', 'chainlit', 'mlflow', 'bentoml', 'torchrun', 'accelerate', 'deepspeed', 'vllm', 'prefect'],
]);
