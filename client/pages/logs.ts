// The page that shows a log. What it gets is data; all of it becomes text of elements, and none of it markup.
import type { Piece } from '../src/containers/logs/ansi.ts';
import type { PageTexts, ShownLine, ToPage } from '../src/containers/logs/messages.ts';
import { element } from './element.ts';
import { createLogBar, type LogBar, type Toggles } from './log-bar.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): Partial<Toggles> | undefined;
  setState(state: Toggles): void;
};

const api = acquireVsCodeApi();
const toggles: Toggles = { times: false, wrap: false, speak: false, ...api.getState() };
const spokenEach = 2_000;
const mostSpoken = 3;
const nameColours = 6;

const log = element('div', { className: 'log', tabIndex: 0, role: 'log', ariaLive: 'off' });
const status_ = element('div', { className: 'status' });
const spoken = element('div', { className: 'spoken', ariaLive: 'polite' });
const toEnd = element('button', { className: 'to-end', hidden: true });
const foot = element('div', { className: 'foot' }, status_, toEnd);

let texts: PageTexts;
let bar: LogBar | undefined;
let names: readonly string[] = [];
let mostShown = 0;
let shown = 0;
let isAtEnd = true;
let top = 0;
let unspoken: string[] = [];

addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'begin':
      return begin(data);
    case 'lines':
      return draw(data.lines, data.replace, data.left);
    case 'status':
      status_.textContent = data.text;
      if (data.aloud) unspoken = [data.text];
      return;
    case 'wrong':
      bar?.wrong(data.text);
  }
});

function begin(data: Extract<ToPage, { type: 'begin' }>): void {
  ({ texts, names, mostShown } = data);
  log.ariaLabel = texts.log;
  const badges = [texts.debug, texts.info, texts.warning, texts.error].map(({ length }) => length);
  log.style.setProperty('--level-width', `${Math.max(...badges) + 1}ch`);
  toEnd.textContent = texts.toEnd;
  bar = createLogBar(data, toggles, api.postMessage, () => {
    api.setState(toggles);
    apply();
  });
  document.body.replaceChildren(bar.root, log, foot, spoken);
  apply();
  log.focus();
}

function apply(): void {
  log.classList.toggle('times', toggles.times);
  log.classList.toggle('wrap', toggles.wrap);
  unspoken = [];
  if (isAtEnd) log.scrollTop = log.scrollHeight;
}

/** Each message is one element, which goes as a whole, and which is laid out only where it is looked at. */
function draw(lines: readonly ShownLine[], replace: boolean, left: number): void {
  if (replace) {
    log.replaceChildren();
    shown = 0;
    isAtEnd = true;
    toEnd.hidden = true;
  }
  const rows = lines.map(row);
  if (left)
    rows.unshift(
      element('div', { className: 'line note', textContent: texts.left.replace('{0}', String(left)) }),
    );
  for (let from = 0; from < rows.length; from += 500) {
    const part = rows.slice(from, from + 500);
    const block = element('div', { className: 'block' }, ...part);
    block.style.containIntrinsicHeight = `auto ${part.length * 1.4}em`;
    log.append(block);
    shown += part.length;
  }
  while (log.firstElementChild && shown - log.firstElementChild.childElementCount >= mostShown) {
    shown -= log.firstElementChild.childElementCount;
    log.firstElementChild.remove();
  }
  if (isAtEnd) log.scrollTop = log.scrollHeight;
  // A word of ours is read out in any case: that a container ended, or goes on.
  const said = replace ? [] : lines.filter(({ isNote }) => toggles.speak || isNote);
  if (said.length) unspoken = [...unspoken, ...said.map(plain)].slice(-mostSpoken);
  // Once it is seen.
  requestAnimationFrame(() => requestAnimationFrame(() => api.postMessage({ type: 'drawn' })));
}

const plain = ({ pieces }: ShownLine) => pieces.map(({ text }) => text).join('');

function row({ source, at, pieces, level, isError, isNote, saysName }: ShownLine): HTMLElement {
  const line = element('div', { className: `line ${level ?? ''} ${isNote ? 'note' : ''}` });
  if (isError) line.title = texts.isError;
  line.append(element('span', { className: 'time', textContent: timeOf(at) }));
  if (names.length > 1)
    line.append(
      element('span', {
        className: `name name-${source % nameColours}`,
        textContent: saysName ? '' : (names[source] ?? ''),
      }),
    );
  line.append(element('span', { className: 'level', textContent: level ? texts[level] : '' }));
  // Once one line has a level, the texts of all begin behind its column.
  if (level) log.classList.add('leveled');
  line.append(element('span', { className: 'text' }, ...pieces.map(piece)));
  return line;
}

function timeOf(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

function piece({ text, fg, bg, bold, dim, italic, underline, mark }: Piece): Node | string {
  if (fg === undefined && bg === undefined && !bold && !dim && !italic && !underline && !mark) return text;
  const made = element(mark ? 'mark' : 'span', { textContent: text });
  made.classList.add(
    ...[
      typeof fg === 'number' ? `fg-${fg}` : '',
      typeof bg === 'number' ? `bg-${bg}` : '',
      bold ? 'bold' : '',
      dim ? 'dim' : '',
      italic ? 'italic' : '',
      underline ? 'underline' : '',
    ].filter(Boolean),
  );
  if (typeof fg === 'string') made.style.color = fg;
  if (typeof bg === 'string') made.style.backgroundColor = bg;
  return made;
}

/** Who scrolls up reads, and nothing moves under them; at the end it goes on. */
function follow(atEnd: boolean): void {
  if (atEnd === isAtEnd) return;
  isAtEnd = atEnd;
  toEnd.hidden = atEnd;
  api.postMessage({ type: 'pause', paused: !atEnd });
}

log.addEventListener('scroll', () => {
  const distance = log.scrollHeight - log.clientHeight - log.scrollTop;
  if (distance < 5) follow(true);
  else if (log.scrollTop < top && distance > 30) follow(false);
  top = log.scrollTop;
});
toEnd.addEventListener('click', () => {
  log.focus();
  follow(true);
});
setInterval(() => {
  if (!unspoken.length) return;
  spoken.textContent = unspoken.join('\n');
  unspoken = [];
}, spokenEach);
api.postMessage({ type: 'ready' });
