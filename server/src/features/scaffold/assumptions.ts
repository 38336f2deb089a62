import { besideProgram } from './applications.ts';
import { isMounted } from './copied.ts';
import type { Plan } from './dockerfile.ts';

/** So many names stand in a line. */
const most = 6;

/** What an image takes for granted, a line for each, as no file of the project tells it. */
export function assumptionsOf({ facts, kind, start }: Plan): string[] {
  const { texts, context, files, dependencies } = facts;
  const programs = [...texts].filter(([path]) => path.endsWith('.py') && !besideProgram.test(path));
  const variables = new Set(
    programs.flatMap(([, text]) =>
      [...text.matchAll(/\benviron\[\s*["']([A-Z][A-Z0-9_]*)["']\s*\](?!\s*=[^=])/g)].map(
        ([, name = '']) => name,
      ),
    ),
  );
  const outside = (context.files?.files ?? []).flatMap(({ path }) => {
    const [top = ''] = path.split('/');
    const isOut = isMounted(path, kind) || files.isIgnored(path);
    return isOut && files.isNamed(path.includes('/') ? `${top}/` : path) && !top.startsWith('.')
      ? path.includes('/')
        ? `${top}/`
        : path
      : [];
  });
  return [
    dependencies.source === 'pyproject'
      ? 'The newest releases of the dependencies fit the project, as nothing locks them.'
      : undefined,
    variables.size > 0
      ? `${listed([...variables])} ${variables.size === 1 ? 'is' : 'are'} given when the container is started.`
      : undefined,
    outside.length > 0
      ? `${listed([...new Set(outside)])} ${new Set(outside).size === 1 ? 'is' : 'are'} mounted below /app, as the image holds no such files.`
      : undefined,
    start.service && start.service.health === undefined
      ? 'Any answer of the service on its port means that it is well.'
      : undefined,
  ].filter((line) => line !== undefined);
}

const listed = (names: readonly string[]) =>
  names.length > most
    ? `${names.slice(0, most).join(', ')} and ${names.length - most} more`
    : names.join(', ');
