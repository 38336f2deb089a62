// Read on 2026-11-27.

/** Classes that look for a key by themselves where they are given none, with the variable. As known of the documentation of each in November 2026;
 * OpenAI, Groq and Together end without (installed on 2026-11-28), and Anthropic when it is asked something. */
export const impliedCalls: ReadonlyMap<string, string> = new Map([
  ['OpenAI', 'OPENAI_API_KEY'],
  ['AsyncOpenAI', 'OPENAI_API_KEY'],
  ['Anthropic', 'ANTHROPIC_API_KEY'],
  ['AsyncAnthropic', 'ANTHROPIC_API_KEY'],
  ['Groq', 'GROQ_API_KEY'],
  ['AsyncGroq', 'GROQ_API_KEY'],
  ['Together', 'TOGETHER_API_KEY'],
  ['ChatOpenAI', 'OPENAI_API_KEY'],
  ['OpenAIEmbeddings', 'OPENAI_API_KEY'],
  ['ChatAnthropic', 'ANTHROPIC_API_KEY'],
  ['ChatGroq', 'GROQ_API_KEY'],
  ['ChatMistralAI', 'MISTRAL_API_KEY'],
  ['MistralAIEmbeddings', 'MISTRAL_API_KEY'],
  ['ChatCohere', 'COHERE_API_KEY'],
  ['CohereEmbeddings', 'COHERE_API_KEY'],
  ['CohereRerank', 'COHERE_API_KEY'],
  ['ChatGoogleGenerativeAI', 'GOOGLE_API_KEY'],
  ['GoogleGenerativeAIEmbeddings', 'GOOGLE_API_KEY'],
  ['HuggingFaceEndpoint', 'HUGGINGFACEHUB_API_TOKEN'],
  ['HuggingFaceHub', 'HUGGINGFACEHUB_API_TOKEN'],
  ['Pinecone', 'PINECONE_API_KEY'],
  ['PineconeVectorStore', 'PINECONE_API_KEY'],
  ['TavilyClient', 'TAVILY_API_KEY'],
  ['TavilySearch', 'TAVILY_API_KEY'],
  ['TavilySearchResults', 'TAVILY_API_KEY'],
  ['SerpAPIWrapper', 'SERPAPI_API_KEY'],
  ['GoogleSerperAPIWrapper', 'SERPER_API_KEY'],
  ['OpenWeatherMapAPIWrapper', 'OPENWEATHERMAP_API_KEY'],
]);
