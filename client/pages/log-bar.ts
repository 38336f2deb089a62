// The controls of the page of logs, in one row: what that has no room for goes into a list behind a button, the last first.
import type { Choice, PageTexts, ToPage } from '../src/containers/logs/messages.ts';
import { element } from './element.ts';

export type Toggles = { times: boolean; wrap: boolean; speak: boolean };

export type LogBar = {
  readonly root: HTMLElement;
  /** Says at the field what is wrong with the text in it; nothing where all is well. */
  wrong(text: string): void;
};

const pauseOfTyping = 250;

export function createLogBar(
  { texts, chosen, levels, since, tails }: Extract<ToPage, { type: 'begin' }>,
  toggles: Toggles,
  post: (message: unknown) => void,
  toggled: () => void,
): LogBar {
  const pattern = element('input', {
    type: 'text',
    value: chosen.pattern,
    placeholder: texts.filterHint,
    ariaLabel: texts.filter,
    spellcheck: false,
  });
  const complaint = element('div', { className: 'wrong', id: 'wrong', role: 'alert' });
  const matchCase = element('input', { type: 'checkbox', checked: chosen.matchCase });
  const level = select(texts.level, levels, chosen.level);
  const from = select(texts.since, since, chosen.since);
  const tail = select(texts.tail, tails, chosen.tail);
  const filter = () =>
    post({ type: 'filter', pattern: pattern.value, matchCase: matchCase.checked, level: level.value });
  const range = () => post({ type: 'range', since: from.value, tail: tail.value });
  let typing = 0;
  pattern.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(filter, pauseOfTyping);
  });
  matchCase.addEventListener('change', filter);
  level.addEventListener('change', filter);
  from.addEventListener('change', range);
  tail.addEventListener('change', range);
  const toggle = (name: keyof Toggles) => {
    const box = element('input', { type: 'checkbox', checked: toggles[name] });
    box.addEventListener('change', () => {
      toggles[name] = box.checked;
      toggled();
    });
    return labelled(box, texts[name]);
  };
  const button = (type: 'find' | 'clear' | 'copy' | 'save') => {
    const made = element('button', { textContent: texts[type] });
    made.addEventListener('click', () => post({ type, withTimes: toggles.times }));
    return made;
  };
  const root = inOneRow(texts, element('div', { className: 'field' }, pattern, complaint), [
    labelled(matchCase, texts.matchCase),
    level,
    toggle('wrap'),
    toggle('times'),
    button('find'),
    button('clear'),
    from,
    tail,
    button('copy'),
    button('save'),
    toggle('speak'),
  ]);
  return {
    root,
    wrong(text) {
      complaint.textContent = text;
      pattern.ariaInvalid = String(text !== '');
      if (text) pattern.setAttribute('aria-describedby', complaint.id);
      else pattern.removeAttribute('aria-describedby');
    },
  };
}

const labelled = (box: HTMLElement, words: string) =>
  element('label', {}, box, element('span', { textContent: words }));

function select(label: string, choices: readonly Choice[], value: string): HTMLSelectElement {
  const options = choices.map((choice) =>
    element('option', { value: choice.value, textContent: choice.label }),
  );
  const made = element('select', { ariaLabel: label, title: label }, ...options);
  made.value = value;
  return made;
}

function inOneRow(texts: PageTexts, first: HTMLElement, others: readonly HTMLElement[]): HTMLElement {
  const list = element('div', { className: 'list', id: 'more', hidden: true });
  const opener = element('button', { textContent: texts.more, ariaExpanded: 'false' });
  opener.setAttribute('aria-controls', list.id);
  const more = element('div', { className: 'more' }, opener, list);
  const bar = element(
    'div',
    { className: 'bar', role: 'group', ariaLabel: texts.log },
    first,
    ...others,
    more,
  );
  const open = (isOpen: boolean) => {
    list.hidden = !isOpen;
    opener.ariaExpanded = String(isOpen);
  };
  opener.addEventListener('click', () => open(list.hidden === true));
  more.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || list.hidden) return;
    open(false);
    opener.focus();
  });
  const leave = (to: EventTarget | null) => {
    if (to instanceof Node && !more.contains(to)) open(false);
  };
  more.addEventListener('focusout', ({ relatedTarget }) => leave(relatedTarget));
  addEventListener('pointerdown', ({ target }) => leave(target));
  new ResizeObserver(() => {
    // Its place in the page is what keeps the focus.
    const focused = document.activeElement;
    more.hidden = true;
    for (const each of others) bar.insertBefore(each, more);
    for (let last = others.length; bar.scrollWidth > bar.clientWidth && last > 0; ) {
      more.hidden = false;
      list.prepend(others[--last] as HTMLElement);
    }
    if (more.hidden) open(false);
    if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus();
  }).observe(bar);
  return bar;
}
