import type { Completion } from '../../server/src/features/completion.ts';

type Complete = (text: string, offset: number) => Completion | undefined;

/** Completes at `|`. */
export function completeAt(marked: string, complete: Complete) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = complete(text, offset);
  const { start, end } = found?.typed ?? { start: 0, end: 0 };
  const put = (label: string) => {
    const offer = found?.offers.find((one) => one.label === label);
    return offer && text.slice(0, start) + (offer.text ?? label) + text.slice(end);
  };
  return {
    found,
    typed: found && text.slice(start, end),
    labels: found?.offers.map(({ label }) => label),
    put,
  };
}
