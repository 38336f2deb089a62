// The page that shows what runs in a container. What it gets is data; all of it becomes text of elements.
import type { Curve, ToProcesses } from '../src/containers/process-messages.ts';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const api = acquireVsCodeApi();
const [width, height] = [300, 48];

const title = document.createElement('h1');
const wrong = document.createElement('p');
wrong.role = 'status';
const curves = document.createElement('div');
curves.className = 'curves';
const table = document.createElement('table');
document.body.replaceChildren(title, wrong, curves, table);

addEventListener('message', ({ data }: MessageEvent<ToProcesses>) => {
  title.textContent = data.title;
  wrong.textContent = data.wrong;
  curves.replaceChildren(...data.curves.map(curve));
  table.hidden = !data.rows.length;
  const isNumber = (at: number) => data.numbers.includes(at);
  table.replaceChildren(
    filled('caption', data.caption),
    part('thead', [data.heads], (text, at) => {
      const head = filled('th', text, isNumber(at));
      head.scope = 'col';
      return head;
    }),
    part('tbody', data.rows, (text, at) => filled('td', text, isNumber(at))),
  );
});

function filled<K extends 'caption' | 'th' | 'td'>(name: K, text: string, isNumber = false) {
  const made = document.createElement(name);
  made.textContent = text;
  if (isNumber) made.className = 'number';
  return made;
}

function part(
  name: 'thead' | 'tbody',
  rows: readonly (readonly string[])[],
  cell: (text: string, at: number) => HTMLElement,
): HTMLElement {
  const made = document.createElement(name);
  for (const texts of rows) {
    const row = document.createElement('tr');
    row.append(...texts.map(cell));
    made.append(row);
  }
  return made;
}

/** From nothing to the most that there was. */
function curve({ name, words, values }: Curve): HTMLElement {
  const made = document.createElement('figure');
  const caption = document.createElement('figcaption');
  caption.textContent = `${name}: ${words}`;
  const picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
  const top = Math.max(...values) || 1;
  const points = values.map((value, at) => {
    const x = values.length > 1 ? (at * width) / (values.length - 1) : width;
    return `${x.toFixed(1)},${(height - 1 - (value / top) * (height - 2)).toFixed(1)}`;
  });
  picture.append(svg('polyline', { points: points.join(' ') }));
  made.append(caption, picture);
  return made;
}

function svg(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

api.postMessage({ type: 'ready' });
