// Read on 2026-11-27.

/** The variables in which packages look for a key by themselves, by what is imported. Source: the documentation of each. */
export const impliedVariables: ReadonlyMap<string, string> = new Map([
  ['openai', 'OPENAI_API_KEY'],
  ['langchain_openai', 'OPENAI_API_KEY'],
  ['anthropic', 'ANTHROPIC_API_KEY'],
  ['langchain_anthropic', 'ANTHROPIC_API_KEY'],
  ['replicate', 'REPLICATE_API_TOKEN'],
  ['cohere', 'CO_API_KEY'],
  ['groq', 'GROQ_API_KEY'],
  ['mistralai', 'MISTRAL_API_KEY'],
  ['tavily', 'TAVILY_API_KEY'],
  ['pinecone', 'PINECONE_API_KEY'],
  ['wandb', 'WANDB_API_KEY'],
]);
