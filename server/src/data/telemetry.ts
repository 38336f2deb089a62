/** A Python package that reports its use, and the variable that turns it off. */
export interface Telemetry {
  readonly packages: RegExp;
  readonly variable: string;
  readonly value: string;
}

/**
 * Source: the documentation of each project (huggingface_hub "Environment variables", Gradio "GRADIO_ANALYTICS_ENABLED",
 * Streamlit "browser.gatherUsageStats", vLLM "Usage Stats Collection", Ray "Usage Stats Collection", Feast, Haystack,
 * Chroma "Telemetry", DVC "Anonymized usage analytics", ZenML, Ultralytics "Settings"), 2026-11.
 */
export const telemetry: readonly Telemetry[] = [
  {
    packages:
      /^(?:huggingface[-_]hub|transformers|diffusers|datasets|sentence[-_]transformers|accelerate|peft|trl|evaluate|tokenizers)$/,
    variable: 'HF_HUB_DISABLE_TELEMETRY',
    value: '1',
  },
  { packages: /^gradio$/, variable: 'GRADIO_ANALYTICS_ENABLED', value: 'False' },
  { packages: /^streamlit$/, variable: 'STREAMLIT_BROWSER_GATHER_USAGE_STATS', value: 'false' },
  { packages: /^vllm$/, variable: 'VLLM_NO_USAGE_STATS', value: '1' },
  { packages: /^ray$/, variable: 'RAY_USAGE_STATS_ENABLED', value: '0' },
  { packages: /^feast$/, variable: 'FEAST_USAGE', value: 'False' },
  { packages: /^(?:farm-haystack|haystack-ai)$/, variable: 'HAYSTACK_TELEMETRY_ENABLED', value: 'False' },
  { packages: /^chromadb$/, variable: 'ANONYMIZED_TELEMETRY', value: 'False' },
  { packages: /^dvc$/, variable: 'DVC_NO_ANALYTICS', value: '1' },
  { packages: /^zenml$/, variable: 'ZENML_ANALYTICS_OPT_IN', value: 'false' },
];
