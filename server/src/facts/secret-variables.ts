import {
  fingerprint,
  hadolintSecrets,
  harmlessNames,
  harmlessValues,
  harmlessWords,
  passwordWords,
  secretEnds,
  secretNames,
  secretWords,
  signingKeys,
} from '../data/secret-names.ts';

/** Whether a variable is a secret by its name: in words as BuildKit judges, or in parts as hadolint does. */
export function hasSecretName(name: string, inParts: boolean): boolean {
  if (inParts) return hadolintSecrets.test(name);
  return (secretWords.test(name) && !harmlessWords.test(name)) || secretNames.test(name);
}

/** Whether a variable is a secret by its name and by what is known of its value. */
export function isSecret(name: string, value: string | undefined, inParts: boolean): boolean {
  const isNamed = hasSecretName(name, inParts) || (secretEnds.test(name) && !harmlessWords.test(name));
  if (!isNamed || harmlessNames.some((pattern) => pattern.test(name))) return false;
  return value === undefined || !isHarmless(name, valueOf(value));
}

function isHarmless(name: string, value: string): boolean {
  if (/^-?\d+(?:\.\d+)?$/.test(value)) return !passwordWords.test(name) || value.length < 3;
  if (signingKeys.test(name) && fingerprint.test(value)) return true;
  return harmlessValues.some((pattern) => pattern.test(value));
}

/** What holds where nothing else is given: the default in `${X:-default}`. */
function valueOf(text: string): string {
  const byDefault = /^\$\{\w+:?-(.*)\}$/.exec(text)?.[1];
  return byDefault === undefined ? text : byDefault.replace(/^(["'])(.*)\1$/, '$2');
}
