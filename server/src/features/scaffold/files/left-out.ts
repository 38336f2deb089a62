import { type Plan, takenVariables } from '../dockerfile.ts';
import { systemPackages } from '../packages/needed-packages.ts';

/** Commands of entry scripts that prepare what the program then finds. */
const prepares =
  /^(?:(?:exec|nohup|poetry run|uv run)\s+)?((?:python3?|flask|django-admin|alembic|aerich|\.\/manage\.py|npm|yarn)\s[^|&;<>]*)/;
/** What starts the program itself. */
const starts = /\b(?:runserver|flask run|uvicorn|gunicorn|hypercorn|-m http)\b/;

/** What the present Dockerfile brings into its image or runs, and the new one does not. */
export function leftOut({ facts, start, cuda, django }: Plan): readonly string[] {
  const { present, kept, texts, packages } = facts;
  if (!present) return [];
  const started = ` ${start.words.join(' ')} `;
  const scripted = present.scripts.flatMap((path) =>
    (texts.get(path) ?? '')
      .split('\n')
      .flatMap((line) => prepares.exec(line.trim())?.[1]?.trim() ?? [])
      .filter((line) => !starts.test(line) && !started.includes(` ${line.split(/\s+/).at(-1)} `)),
  );
  const collects = (line: string) => django?.collect !== undefined && line.includes('collectstatic');
  const set = { ...start.service?.variables, ...start.variables, ...takenVariables(facts) };
  const isSet = (name: string) =>
    Object.hasOwn(set, name) || (name === 'PORT' && start.service?.port === present.port);
  const installed = new Set(
    systemPackages(facts, cuda === null ? 'bookworm' : 'noble').map((one) => one.split('=', 1)[0]),
  );
  const apt = [...kept.final, ...kept.dropped].filter(
    (name) => present.apt.includes(name) && !installed.has(name),
  );
  const pip = present.pip.filter((name) => !packages.has(bareName(name)));
  return [
    ...new Set([
      ...apt,
      ...pip,
      ...[...present.steps, ...scripted].filter((line) => !collects(line)).map((line) => `"${line}"`),
      ...present.variables.filter((name) => !isSet(name)),
    ]),
  ];
}

const bareName = (requirement: string) =>
  (/^[\w.-]+/.exec(requirement)?.[0] ?? '').toLowerCase().replace(/[-_.]+/g, '-');
