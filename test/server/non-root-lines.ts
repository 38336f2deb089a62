import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { service } from './optimized-lines.ts';

/** What becomes of a Dockerfile that gets a user of its own. */
export async function optimized(lines: readonly string[], files: ExampleContext = {}) {
  const sources = new Map(
    Object.entries(files).flatMap(([path, content]) =>
      typeof content === 'string' ? [[path, content] as const] : [],
    ),
  );
  return service.optimize(`${lines.join('\n')}\n`, defaultConfiguration, await contextOfTexts(files), {
    ids: ['non-root'],
    sources,
  });
}

export const from = 'FROM python:3.12-slim';
export const start = 'CMD ["python", "ride.py"]';
export const how = '(give it by `chown 10001`)';
export const app = ['WORKDIR /srv/ride', 'COPY . .'];
