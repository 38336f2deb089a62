// Writes server/src/data/release-quarters.ts anew from what uv reads of PyPI, which must be on the path:
//   node server/tools/refresh-release-dates.ts
// It asks for the newest release that each package had at the end of each quarter; some minutes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const target = new URL('../src/data/release-quarters.ts', import.meta.url).pathname;
/** What lists of requirements name most, and what changed most from one year to the next. */
const names =
  `accelerate aiogram aiohttp altair bcrypt black celery click dash datasets diffusers discord-py django fastapi
  flask flask-sqlalchemy gradio gunicorn httpx huggingface-hub itsdangerous jinja2 langchain markupsafe matplotlib
  nicegui numpy openai opencv-python pandas pillow pyarrow pydantic pytest
  python-telegram-bot pytorch-lightning redis requests rich scikit-learn scipy spacy sqlalchemy streamlit tensorflow
  torch torchvision tqdm transformers typer ultralytics uvicorn wandb werkzeug`.split(/\s+/);
/** The first quarter at whose end Python 3.8 was there. */
const first = 2019;
const today = new Date().toISOString().slice(0, 10);
const folder = mkdtempSync(join(tmpdir(), 'refresh-release-dates-'));

try {
  const rows = names.map((name) => {
    console.error(name);
    return `  '${name}': '${historyOf(name)}',\n`;
  });
  writeFileSync(target, render(rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** `1.1.1@2019-12-31 1.1.2@2020-06-30`, for each quarter that brought a newer one. */
function historyOf(name: string): string {
  const found: string[] = [];
  for (const day of quarters()) {
    const version = newestAt(name, day);
    if (version !== undefined && !found.at(-1)?.startsWith(`${version}@`)) found.push(`${version}@${day}`);
  }
  return found.join(' ');
}

function quarters(): string[] {
  const years = Array.from({ length: Number(today.slice(0, 4)) - first + 1 }, (_, at) => first + at);
  const ends = years.flatMap((year) => ['03-31', '06-30', '09-30', '12-31'].map((end) => `${year}-${end}`));
  return ends.filter((day) => day >= `${first}-12-31` && day <= today);
}

/** For a Python that was a year old at the time, as the newest are for newer ones alone. */
function newestAt(name: string, day: string): string | undefined {
  const list = join(folder, 'list.txt');
  writeFileSync(list, `${name}\n`);
  const python = `3.${Math.max(8, Number(day.slice(0, 4)) - 2012)}`;
  const { stdout } = spawnSync(
    'uv',
    [
      ...['pip', 'compile', '--quiet', '--no-header', '--no-annotate', '--no-deps', '--no-build'],
      ...['--no-python-downloads', '--python-version', python, '--exclude-newer', day, list],
    ],
    { encoding: 'utf8', cwd: folder },
  );
  return /==(\d[\d.]*)$/m.exec(stdout)?.[1];
}

function render(rows: readonly string[]): string {
  return `// Written by server/tools/refresh-release-dates.ts; not to be changed by hand.

/** When this table was read: YYYY-MM-DD. */
export const readOn = '${today}';

/**
 * The newest release that a package had at the end of a quarter, for each quarter that brought one. Source: the days on
 * which PyPI got their files, as \`uv pip compile --exclude-newer\` reads them.
 */
export const releaseQuarters: Readonly<Record<string, string>> = {
${rows.join('')}};
`;
}
