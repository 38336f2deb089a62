/** How the secrets of one service look. */
export interface SecretFormat {
  /** What it is, to stand in "… stands in the file". */
  readonly kind: string;
  /** Matches the secret, or what is before it with the secret as its first group. */
  readonly pattern: RegExp;
}

/**
 * Secrets that are known by their look. Source: the services' own pages on the format of their tokens (GitHub "About
 * authentication", GitLab "Token overview", AWS IAM "Unique identifiers", PyPI "API tokens", npm "About access tokens",
 * Slack "Token types") and, where there is none, tokens as their sites issue them; 2026-11.
 */
export const secretFormats: readonly SecretFormat[] = [
  { kind: 'token of Hugging Face', pattern: /\bhf_[A-Za-z0-9]{34,40}\b/g },
  { kind: 'access key of AWS', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g },
  {
    kind: 'secret key of AWS',
    pattern:
      /\baws_secret_access_key["']?(?:[ \t]*[=:][ \t]*|[ \t]+)["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
  },
  { kind: 'token of GitHub', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{50,})/g },
  { kind: 'token of GitLab', pattern: /\bgl(?:pat|dt|cbt)-[\w-]{20,}/g },
  { kind: 'key of Anthropic', pattern: /\bsk-ant-[a-z]+\d\d-[\w-]{40,}/g },
  {
    kind: 'key of OpenAI',
    pattern: /\bsk-(?:(?:proj|svcacct|admin)-[\w-]{40,}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})/g,
  },
  { kind: 'key of NVIDIA', pattern: /\bnvapi-[\w-]{40,}/g },
  { kind: 'key of Google', pattern: /\bAIza[\w-]{35}(?![\w-])/g },
  { kind: 'key of Groq', pattern: /\bgsk_[A-Za-z0-9]{40,}/g },
  { kind: 'token of Replicate', pattern: /\br8_[A-Za-z0-9]{37}\b/g },
  {
    kind: 'key of Weights & Biases',
    pattern:
      /\b(?:WANDB_API_KEY["']?(?:[ \t]*[=:][ \t]*|[ \t]+)["']?|wandb[ \t]+login[ \t]+(?:--\S+[ \t]+)*)([0-9a-f]{40})\b/g,
  },
  { kind: 'token of PyPI', pattern: /\bpypi-AgE[\w-]{50,}/g },
  { kind: 'token of npm', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: 'token of Docker Hub', pattern: /\bdckr_[po]at_[\w-]{27,}/g },
  { kind: 'token of Slack', pattern: /\bxox[abeoprs]-\d{8,}-[\w-]{16,}/g },
  { kind: 'key of Azure Storage', pattern: /\bAccountKey=([A-Za-z0-9+/]{86}==)/g },
  {
    kind: 'private key',
    // With the key itself behind the heading, as scripts search for the heading alone.
    pattern: /(-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----)(?:\\n|[\s\\"'])*[A-Za-z0-9+/]{20}/g,
  },
  {
    kind: 'password in a URL',
    pattern:
      /\b(?:https?|git\+https):\/\/[^\s/:@'"$<>{}]+:([^\s/:@'"$<>{}]{10,})@(?!localhost|127\.)[\w-]+\./g,
  },
];

/** Files that hold credentials, by the last part of their path or by the folder. */
export const credentialFiles: readonly RegExp[] = [
  /(?:^|\/)\.env(?:\.(?![\w.-]*(?:example|sample|template|tmpl|dist|defaults?|test|ci|dummy)\b)[\w.-]+)?$/,
  /(?:^|\/)(?:kaggle\.json|\.netrc|\.git-credentials|\.pypirc|\.pgpass|\.my\.cnf|\.htpasswd)$/,
  /(?:^|\/)(?:service[-_]?account[\w-]*|gcp[-_](?:key|credentials?)[\w-]*|client_secrets?[\w.-]*)\.json$/,
  /(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)$/,
  /(?:^|\/)\.(?:aws|ssh|kaggle|huggingface|gnupg)(?:\/(?:credentials|id_\w+|token|\*)?)?$/,
  /(?:^|\/)\.docker\/config\.json$/,
];
