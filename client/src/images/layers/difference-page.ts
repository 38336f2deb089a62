// Two images beside each other, as a page: what they come to first, then packages, then files.
import { t } from '@vscode/l10n';
import { html } from '../../ui/plain-text.ts';
import type { Page } from '../../ui/static-page.ts';
import { formatBytes } from '../../ui/words.ts';
import type { Difference, How } from './difference.ts';
import { cell, code, doing, number, section, table } from './tables.ts';

const most = 300;
const command = 'wheelhouse.files.difference';

/** The ids of both, by which their files are found. */
export type Ids = readonly [first: string, second: string];

export function differencePage(difference: Difference, ids: Ids): Page {
  const { first, second, before, after, layers, sums, files, packages, settings } = difference;
  const title = t('{0} and {1}', first, second);
  const words: Readonly<Record<How, string>> = {
    added: t('added'),
    removed: t('removed'),
    changed: t('changed'),
  };
  const sizes = (before: number, after: number) => [
    number(formatBytes(Math.round(before))),
    number(formatBytes(Math.round(after))),
    number(signed(after - before)),
  ];
  const side = (at: 0 | 1, path: string) => ({
    place: { container: `image:${ids[at].replace(/^sha256:/, '')}`, path: `/${path}` },
    name: [first, second][at],
  });
  const fileCell = (path: string) =>
    doing(`/${path}`, command, { before: side(0, path), after: side(1, path) });
  const heads = [t('Before'), t('After'), t('Difference')];
  const some = (shown: number, of: number, rest: string) =>
    of > shown ? `${t('The {0} largest of {1}.', shown, of)} ${rest}` : rest;
  const counted = Object.values(sums).reduce((sum, { files }) => sum + files, 0);
  const sections = [
    section(
      t('In All'),
      table(
        t('Files as a container sees them; before is {0}, after is {1}.', first, second),
        [t('Files'), t('How Many'), ...heads],
        [
          ...(['added', 'removed', 'changed'] as const).map((how) => ({
            cells: [
              cell(words[how]),
              number(String(sums[how].files)),
              ...sizes(sums[how].before, sums[how].after),
            ],
          })),
          { cells: [cell(t('all files')), number(''), ...sizes(before, after)] },
          {
            cells: [
              cell(t('deleted or replaced by later layers')),
              number(''),
              ...sizes(layers.before - before, layers.after - after),
            ],
          },
          { cells: [cell(t('the image')), number(''), ...sizes(layers.before, layers.after)] },
        ],
      ),
    ),
    section(
      t('Settings'),
      table(
        t('What a container of it is started with. Values of variables stay hidden; Inspect shows them.'),
        [t('Setting'), t('What'), t('Before'), t('After')],
        settings.map(({ name, how, from, to }) => ({
          cells: [code(name), cell(words[how]), code(from ?? ''), code(to ?? '')],
        })),
      ),
    ),
    section(
      t('Python Packages'),
      table(
        some(Math.min(most, packages.length), packages.length, t('By what their files take.')),
        [t('Package'), t('What'), t('Version Before'), t('Version After'), ...heads],
        packages.slice(0, most).map(({ name, how, from, to, before, after }) => ({
          cells: [cell(name), cell(words[how]), cell(from ?? ''), cell(to ?? ''), ...sizes(before, after)],
        })),
      ),
    ),
    section(
      t('Files'),
      table(
        some(
          files.length,
          counted,
          t(
            'Changed is what has other content; owners, modes and times do not count. A file opens beside what it was.',
          ),
        ),
        [t('File'), t('What'), ...heads],
        files.map(({ path, how, before, after }) => ({
          cells: [fileCell(path), cell(words[how]), ...sizes(before, after)],
        })),
      ),
    ),
  ];
  return {
    title,
    body: `<h1>${html(title)}</h1><p>${html(differenceSummary(difference))}</p>${sections.join('')}`,
    style: '',
    commands: [command],
  };
}

export function differenceSummary(difference: Difference): string {
  const { first, second, sums, packages, settings } = difference;
  const { added, removed, changed } = sums;
  const isSame = !added.files && !removed.files && !changed.files;
  return [
    ...(isSame ? [t('{0} and {1} have the same files.', first, second)] : []),
    ...sizeWords(difference, isSame),
    ...(isSame
      ? []
      : [
          t(
            'Files: {0} added, {1} removed, {2} changed. Python packages that differ: {3}.',
            added.files,
            removed.files,
            changed.files,
            packages.length,
          ),
        ]),
    ...(settings.length ? [t('Settings that differ: {0}.', settings.length)] : []),
  ].join(' ');
}

/** The image, as lists tell it, and the files in it, where what is deleted or replaced in it keeps them apart. */
function sizeWords({ first, second, before, after, layers }: Difference, isSame: boolean): readonly string[] {
  const image = Math.round(layers.after - layers.before);
  const files = Math.round(after - before);
  if (image === files) {
    if (image) return [t('{0} is {1} against {2}.', second, signed(image), first)];
    return isSame ? [] : [t('{0} is as large as {1}.', second, first)];
  }
  const lost = [layers.before - before, layers.after - after] as const;
  const [more, bytes] = lost[1] > lost[0] ? [second, lost[1]] : [first, lost[0]];
  return [
    t(
      '{0} is {1} against {2}, and the files that a container sees {3}.',
      second,
      signed(image),
      first,
      signed(files),
    ),
    t('Later layers of {0} delete or replace {1} of it.', more, formatBytes(Math.round(bytes))),
  ];
}

/** `+12 MB`, `−3 kB`. */
function signed(bytes: number): string {
  const size = formatBytes(Math.abs(Math.round(bytes)));
  if (Math.round(bytes) === 0) return size;
  return bytes > 0 ? `+${size}` : `−${size}`;
}
