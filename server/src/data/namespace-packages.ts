// Read on 2026-11-28.

/**
 * Modules below a name that several packages share, with the packages that bring them. Source: the names of the files in the
 * newest wheel of each of the 38 packages on PyPI, each with that module in it. What many others bring along (google.auth,
 * google.protobuf, azure.core) is left out.
 */
const names = `
langgraph.checkpoint.sqlite: langgraph-checkpoint-sqlite
langgraph.checkpoint.postgres: langgraph-checkpoint-postgres
langgraph.checkpoint.mongodb: langgraph-checkpoint-mongodb
langgraph.checkpoint.redis: langgraph-checkpoint-redis
google.adk: google-adk
google.cloud.aiplatform: google-cloud-aiplatform
google.cloud.bigquery: google-cloud-bigquery
google.cloud.firestore: google-cloud-firestore
google.cloud.logging: google-cloud-logging
google.cloud.pubsub_v1: google-cloud-pubsub
google.cloud.secretmanager: google-cloud-secret-manager
google.cloud.speech: google-cloud-speech
google.cloud.storage: google-cloud-storage
google.cloud.tasks_v2: google-cloud-tasks
google.cloud.texttospeech: google-cloud-texttospeech
google.cloud.translate: google-cloud-translate
google.cloud.translate_v2: google-cloud-translate
google.cloud.vision: google-cloud-vision
google.genai: google-genai
google.generativeai: google-generativeai
azure.ai.documentintelligence: azure-ai-documentintelligence
azure.ai.formrecognizer: azure-ai-formrecognizer
azure.cognitiveservices.speech: azure-cognitiveservices-speech
azure.cosmos: azure-cosmos
azure.data.tables: azure-data-tables
azure.identity: azure-identity
azure.keyvault.secrets: azure-keyvault-secrets
azure.search.documents: azure-search-documents
azure.servicebus: azure-servicebus
azure.storage.blob: azure-storage-blob
azure.storage.queue: azure-storage-queue
opentelemetry.exporter.otlp: opentelemetry-exporter-otlp opentelemetry-exporter-otlp-proto-grpc opentelemetry-exporter-otlp-proto-http
opentelemetry.instrumentation.django: opentelemetry-instrumentation-django
opentelemetry.instrumentation.fastapi: opentelemetry-instrumentation-fastapi
opentelemetry.instrumentation.flask: opentelemetry-instrumentation-flask
opentelemetry.instrumentation.requests: opentelemetry-instrumentation-requests
opentelemetry.sdk: opentelemetry-sdk
`;

export const namespacePackages: ReadonlyMap<string, readonly string[]> = new Map(
  names
    .trim()
    .split('\n')
    .map((line): [string, string[]] => {
      const [module = '', packages = ''] = line.split(': ', 2);
      return [module, packages.split(' ')];
    }),
);
