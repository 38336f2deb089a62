import type { FileFacts } from '../../../facts/file-facts.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import { runningPrograms } from '../project-programs.ts';
import type { Subject } from '../refactoring.ts';
import { containerRuns } from './container-runs.ts';
import { placesIn } from './mounted-places.ts';

/**
 * Folders and files of people's keys, which their programs make for their owner alone (ssh(1), "FILES"; `aws configure`;
 * `gcloud auth`; kubectl; Kaggle's README).
 */
const ofKeys =
  /(?:^|\/)\.(?:ssh|aws|kaggle|kube|azure|netrc)(?:\/|$)|\bgcloud\b|(?:^|\/)(?:id_(?:rsa|ed25519)|kaggle\.json|application_default_credentials\.json)$/;

/** Whether a container is given keys that root alone can read, or something in root's home folder. */
export const givesKeys = (text: string): boolean =>
  /(?<![\w./-])\/root\b/.test(text) ||
  placesIn(text).some(({ source, target }) => ofKeys.test(source ?? '') || ofKeys.test(target));

/** What lets a file be read by its owner alone (chmod(1)). */
const closes = /\bchmod[ \t]+(?:0?[4-7]00|go-rwx|go=|u=rwx?,go=)[ \t]+["']?([^\s"'`]+)/g;

/** Whether a container is given a file that people are told, or a script does, to close to all but its owner. */
export function givesClosed(run: string, around: SourceTexts | undefined): boolean {
  const closed = new Set(
    [...(around?.values() ?? [])].flatMap((text) =>
      [...text.matchAll(closes)].map(([, path = '']) => nameOf(path)),
    ),
  );
  return placesIn(run).some(({ source }) => source !== undefined && closed.has(nameOf(source)));
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/**
 * Libraries that look for a key file, where they do not run at the provider (Google Cloud documentation, "How Application
 * Default Credentials works"; READMEs of gspread and Kaggle), and files that a program names.
 */
const readsKeys =
  /^[ \t]*(?:import|from)[ \t]+(?:vertexai|firebase_admin|gspread|googleapiclient|kaggle|google\.(?:cloud|auth|oauth2))\b|\bGOOGLE_APPLICATION_CREDENTIALS\b|["'~]\/?\.(?:ssh|aws|kaggle|kube)\b/m;
/** Secrets of Compose are files of the machine with their rights (Docker documentation, "Secrets in Compose"). */
const hasSecrets = /^[ \t]*secrets:/m;

/** Whether a program may read key files that it is given, which another user than root may not be able to. */
export function mayReadKeys(
  facts: FileFacts,
  { sources, around }: Pick<Subject, 'sources' | 'around'>,
): boolean {
  return (
    [...runningPrograms(facts, sources).values()].some((text) => readsKeys.test(text)) ||
    containerRuns(facts, around).some(({ text }) => hasSecrets.test(text) || readsKeys.test(text))
  );
}
