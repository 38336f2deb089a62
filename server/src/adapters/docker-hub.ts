import * as z from 'zod';
import type { ListTags } from '../ports/ports.ts';
import { type JsonAnswer, requestJson } from './json-request.ts';
import { keepAnswers } from './kept-answers.ts';

export interface DockerHubOptions {
  /** Who gives tokens, and who lists tags. For tests: no setting leads here, as it could send names elsewhere. */
  readonly auth?: string;
  readonly registry?: string;
  /** For all that is asked for one repository, in milliseconds. */
  readonly patience?: number;
  /** Hears why there was no answer, each reason once. */
  readonly onFailure?: (reason: string) => void;
}

/** The tags of images with a tag for each build come as one page of some megabytes. */
const manyBytes = 4_000_000;
const manyPages = 5;
const manyTags = 50_000;
/** Of a token of Docker Hub, a JWT of some 2,000 characters. */
const longestToken = 16_000;

const kept = { most: 8, keep: { found: 600_000, missing: 30_000 }, grace: 250 };

/** What it is to be a tag (OCI distribution specification, "Pulling manifests"). */
const tagName = /^\w[\w.-]{0,127}$/;

const tokenAnswer = z.object({
  token: z
    .string()
    .max(longestToken)
    .regex(/^[\x21-\x7e]+$/),
});
// Not as strings, as an answer of other things would make a complaint of zod for each.
const tagsAnswer = z.object({ tags: z.array(z.unknown()).nullish() });

/**
 * Lists tags as anybody may see them, over the HTTP API of registries (OCI distribution specification): a token for
 * one repository, then its tags.
 */
export function createDockerHub({
  auth = 'https://auth.docker.io',
  registry = 'https://registry-1.docker.io',
  patience = 2_000,
  onFailure,
}: DockerHubOptions = {}): ListTags {
  const complaints = new Set<string>();

  const list = async (repository: string, signal: AbortSignal): Promise<readonly string[] | undefined> => {
    const query = new URLSearchParams({
      service: 'registry.docker.io',
      scope: `repository:${repository}:pull`,
    });
    const granted = await requestJson(new URL(`/token?${query}`, auth), { signal, manyBytes: 65_536 });
    if (!isGiven(granted)) return undefined;
    const { token } = tokenAnswer.parse(granted.json);
    const found = new Set<string>();
    let bytes = 0;
    let url: URL | undefined = new URL(`/v2/${repository}/tags/list`, registry);
    for (let page = 0; url && page < manyPages && found.size < manyTags; page++) {
      const headers = { authorization: `Bearer ${token}` };
      const answer: JsonAnswer = await requestJson(url, { headers, signal, manyBytes: manyBytes - bytes });
      if (!isGiven(answer)) return undefined;
      bytes += answer.bytes;
      const tags = tagsAnswer.parse(answer.json).tags ?? [];
      for (const tag of tags.slice(0, manyTags))
        if (typeof tag === 'string' && tagName.test(tag)) found.add(tag);
      url = nextPage(answer.link, url);
    }
    return [...found].slice(0, manyTags);
  };

  return keepAnswers(
    async (repository, signal) => {
      try {
        return await list(repository, signal);
      } catch (error) {
        const isLate = signal.reason?.name === 'TimeoutError';
        const reason = isLate ? 'it did not answer in time' : reasonOf(error);
        // Who types on has stopped it; that is no failure.
        if ((isLate || !signal.aborted) && !complaints.has(reason)) {
          complaints.add(reason);
          onFailure?.(`Docker Hub gave no tags: ${reason}.`);
        }
        return undefined;
      }
    },
    { ...kept, patience },
  );
}

/** Names are typed letter by letter, so that a repository is not there, or not for all, is no failure. */
function isGiven({ status }: JsonAnswer): boolean {
  if (status === 200) return true;
  if (status === 401 || status === 403 || status === 404) return false;
  throw new Error(`it answered with status ${status}`);
}

/** More of the same list, or nothing. */
function nextPage(link: string, url: URL): URL | undefined {
  const target = /<([^<>]+)>;\s*rel="?next/.exec(link)?.[1];
  const next = target !== undefined && URL.canParse(target, url.href) ? new URL(target, url) : undefined;
  return next?.origin === url.origin && next.pathname === url.pathname ? next : undefined;
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return 'it answered with something else';
  const { code, message } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? `it cannot be reached (${code})` : message;
}
