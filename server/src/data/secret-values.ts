/** How the secrets of one service look. */
export interface SecretFormat {
  /** What it is, to stand in "… stands in the file". */
  readonly kind: string;
  /** The variable in which its programs look for it, or a name for one. */
  readonly variable: string;
  /** Matches the secret, or what is before it with the secret as its first group. */
  readonly pattern: RegExp;
}

/**
 * Secrets that are known by their look. Source: the services' own pages on the format of their tokens (GitHub "About
 * authentication", GitLab "Token overview", AWS IAM "Unique identifiers", PyPI "API tokens", npm "About access tokens",
 * Slack "Token types") and, where there is none, tokens as their sites issue them; 2026-11.
 */
export const secretFormats: readonly SecretFormat[] = [
  { kind: 'token of Hugging Face', variable: 'HF_TOKEN', pattern: /\bhf_[A-Za-z0-9]{34,40}\b/g },
  { kind: 'access key of AWS', variable: 'AWS_ACCESS_KEY_ID', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g },
  {
    kind: 'secret key of AWS',
    variable: 'AWS_SECRET_ACCESS_KEY',
    pattern:
      /\baws_secret_access_key["']?(?:[ \t]*[=:][ \t]*|[ \t]+)["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
  },
  {
    kind: 'token of GitHub',
    variable: 'GITHUB_TOKEN',
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{50,})/g,
  },
  { kind: 'token of GitLab', variable: 'GITLAB_TOKEN', pattern: /\bgl(?:pat|dt|cbt)-[\w-]{20,}/g },
  { kind: 'key of Anthropic', variable: 'ANTHROPIC_API_KEY', pattern: /\bsk-ant-[a-z]+\d\d-[\w-]{40,}/g },
  {
    kind: 'key of OpenAI',
    variable: 'OPENAI_API_KEY',
    pattern: /\bsk-(?:(?:proj|svcacct|admin)-[\w-]{40,}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})/g,
  },
  { kind: 'key of NVIDIA', variable: 'NVIDIA_API_KEY', pattern: /\bnvapi-[\w-]{40,}/g },
  { kind: 'key of Google', variable: 'GOOGLE_API_KEY', pattern: /\bAIza[\w-]{35}(?![\w-])/g },
  { kind: 'key of Groq', variable: 'GROQ_API_KEY', pattern: /\bgsk_[A-Za-z0-9]{40,}/g },
  { kind: 'token of Replicate', variable: 'REPLICATE_API_TOKEN', pattern: /\br8_[A-Za-z0-9]{37}\b/g },
  {
    kind: 'key of Weights & Biases',
    variable: 'WANDB_API_KEY',
    pattern:
      /\b(?:WANDB_API_KEY["']?(?:[ \t]*[=:][ \t]*|[ \t]+)["']?|wandb[ \t]+login[ \t]+(?:--\S+[ \t]+)*)([0-9a-f]{40})\b/g,
  },
  { kind: 'token of PyPI', variable: 'PYPI_TOKEN', pattern: /\bpypi-AgE[\w-]{50,}/g },
  { kind: 'token of npm', variable: 'NPM_TOKEN', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: 'token of Docker Hub', variable: 'DOCKER_TOKEN', pattern: /\bdckr_[po]at_[\w-]{27,}/g },
  { kind: 'token of Slack', variable: 'SLACK_TOKEN', pattern: /\bxox[abeoprs]-\d{8,}-[\w-]{16,}/g },
  {
    kind: 'key of Azure Storage',
    variable: 'AZURE_STORAGE_KEY',
    pattern: /\bAccountKey=([A-Za-z0-9+/]{86}==)/g,
  },
  {
    kind: 'private key',
    variable: 'PRIVATE_KEY',
    // With the key itself behind the heading, as scripts search for the heading alone.
    pattern: /(-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----)(?:\\n|[\s\\"'])*[A-Za-z0-9+/]{20}/g,
  },
  {
    kind: 'password in a URL',
    variable: 'URL_PASSWORD',
    pattern:
      /\b(?:https?|git\+https):\/\/[^\s/:@'"$<>{}]+:([^\s/:@'"$<>{}]{10,})@(?!localhost|127\.)[\w-]+\./g,
  },
];

/** Files that hold credentials, by the last part of their path or by the folder. */
export const credentialFiles: readonly RegExp[] = [
  /(?:^|\/)\.env(?:\.(?![\w.-]*(?:example|sample|template|tmpl|dist|defaults?|test|ci|dummy)\b)[\w.-]+)?$/i,
  /(?:^|\/)(?:kaggle\.json|\.netrc|\.git-credentials|\.pypirc|\.pgpass|\.my\.cnf|\.htpasswd)$/,
  /(?:^|\/)(?:service[-_]?account[\w-]*|gcp[-_](?:key|credentials?)[\w-]*|client_secrets?[\w.-]*)\.json$/,
  /(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)$/,
  /(?:^|\/)\.(?:aws|ssh|kaggle|huggingface|gnupg)(?:\/(?:credentials|id_\w+|token|\*)?)?$/,
  /(?:^|\/)\.docker\/config\.json$/,
];

/**
 * Files that hold a private key or the credentials of a service, by their names, and those of the same kind that everybody may
 * have: certificates and public keys. Source: OpenSSL's and Java's usual ends of names, the files that Google's client libraries
 * and Firebase's console write; 2026-11.
 */
export const keyFiles =
  /\.(?:pem|key|p12|pfx|jks|keystore|ppk)$|credentials?\.json$|^token\.json$|[-_]adminsdk[\w-]{0,40}\.json$/i;
export const publicKeyFiles =
  /(?:^|[\W_])(?:ca|cacerts?|certs?|certificates?|chain|fullchain|pub|public|bundle|roots?)(?:[\W_]|$)/i;
