// Read on 2026-11-27.

/**
 * Packages that came in the last years, by the end of the quarter that brought their first release, beside those of
 * release-quarters.ts. Source: the days on which PyPI got their files, as `uv pip compile --exclude-newer` reads them.
 */
export const firstQuarters: ReadonlyMap<string, string> = new Map(
  `
2020-03-31 flask-restx flax slowapi sse-starlette trl
2020-06-30 prophet
2020-09-30 opencv-python-headless
2020-12-31 google-cloud-aiplatform opencv-contrib-python pinecone-client streamlit-lottie
2021-03-31 beanie cohere polars qdrant-client streamlit-webrtc yt-dlp
2021-06-30 duckduckgo-search
2021-09-30 dash-ag-grid deepgram-sdk edge-tts psycopg sqlmodel
2021-12-31 dash-mantine-components streamlit-authenticator supabase xformers
2022-03-31 phidata streamlit-option-menu
2022-06-30 evaluate replicate
2022-09-30 bitsandbytes gymnasium marqo ruff safetensors streamlit-extras unstructured
2022-12-31 faiss-cpu fireworks-ai lightning st-pages tiktoken
2023-03-31 anthropic chainlit chromadb elevenlabs faster-whisper gradio-client keras-core openai-whisper peft streamlit-chat
2023-06-30 assemblyai auto-gptq catboost embedchain google-generativeai langsmith ragas together vertexai vllm
2023-09-30 deepeval instructor langchain-experimental langfuse langserve litellm mediapipe pyautogen tavily-python tf-keras
2023-12-31 crewai groq langchain-anthropic langchain-community langchain-core langchain-google-genai langchain-mistralai langchain-nvidia-ai-endpoints mistralai
2024-03-31 crewai-tools langchain-cohere langchain-google-vertexai langchain-groq langchain-openai langchain-pinecone langchain-text-splitters langgraph llama-index-core ollama
2024-06-30 azure-ai-inference langchain-aws langchain-chroma langchain-huggingface mem0ai pinecone pydantic-ai
2024-09-30 autogen-agentchat docling langchain-ollama
2024-12-31 agno fastmcp lancedb mcp smolagents
2025-03-31 google-genai hf-xet langchain-mcp-adapters openai-agents
2025-09-30 ddgs
2025-12-31 langchain-classic
`
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [day = '', ...names] = line.split(' ');
      return names.map((name) => [name, day] as const);
    }),
);
