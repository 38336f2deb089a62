// Tables of a page, with the headings by which a screen reader tells where one is.
import { t } from '@vscode/l10n';
import { html } from '../../ui/plain-text.ts';

export type Cell = { readonly html: string; readonly className?: string };
export type Row = { readonly id?: string; readonly cells: readonly Cell[] };

export const cell = (text: string): Cell => ({ html: html(text) });
export const number = (text: string): Cell => ({ html: html(text), className: 'number' });
export const code = (text: string): Cell => ({ html: html(text), className: 'code' });

/** Text that does a command of ours when it is pressed. What is encoded so has no letter that means something in HTML. */
export const doing = (text: string, command: string, argument: unknown): Cell => ({
  html: `<a href="command:${command}?${encodeURIComponent(JSON.stringify([argument]))}">${html(text)}</a>`,
  className: 'code',
});

/** With an id where a link leads to it. */
export const section = (title: string, content: string, id?: string) =>
  `<section><h2${id ? ` id="${id}"` : ''}>${html(title)}</h2>${content}</section>`;

/** The first cell of a row names it. */
export function table(caption: string, heads: readonly string[], rows: readonly Row[]): string {
  if (!rows.length) return `<p>${html(t('There is nothing of this.'))}</p>`;
  const named = (className: string | undefined) => (className ? ` class="${className}"` : '');
  const body = rows.map(({ id, cells: [first, ...cells] }) => {
    const data = cells.map(({ html, className }) => `<td${named(className)}>${html}</td>`).join('');
    const head = `<th scope="row"${named(first?.className)}>${first?.html ?? ''}</th>`;
    return `<tr${id ? ` id="${id}"` : ''}>${head}${data}</tr>`;
  });
  const numbers = rows[0]?.cells.map(({ className }) => className === 'number') ?? [];
  const head = heads.map(
    (text, index) => `<th scope="col"${numbers[index] ? ' class="number"' : ''}>${html(text)}</th>`,
  );
  return `<table><caption>${html(caption)}</caption><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}
