/**
 * Programs that take the words of their command line as they are: none of them puts the values of variables in, or hands
 * them to a shell. Programs such as make, npm, supervisord, nginx and envsubst are not here, as they may, nor is java, as
 * Spring puts the environment into `-Dserver.port=${PORT}`. Python is, of whose programs few expand variables. Known from their documentation and sources, not verified one by one, 2026-11.
 */
export const wordTakers: ReadonlySet<string> = new Set([
  ...[
    'python',
    'uvicorn',
    'gunicorn',
    'hypercorn',
    'daphne',
    'granian',
    'waitress-serve',
    'flask',
    'fastapi',
  ],
  ...['streamlit', 'chainlit', 'gradio', 'panel', 'bokeh', 'voila', 'marimo', 'jupyter', 'jupyter-lab'],
  ...['jupyter-notebook', 'mlflow', 'bentoml', 'torchserve', 'torchrun', 'accelerate', 'deepspeed', 'vllm'],
  ...['tritonserver', 'tensorflow_model_server', 'text-generation-launcher', 'text-embeddings-router'],
  ...['llama-server', 'ollama', 'sglang.launch_server', 'vllm.entrypoints.openai.api_server'],
  ...['llama_cpp.server', 'celery', 'dask', 'ray', 'rq', 'airflow', 'prefect', 'dagster', 'chroma'],
  ...['http.server', 'node', 'deno'],
]);
