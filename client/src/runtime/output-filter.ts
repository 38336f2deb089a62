// What a program prints, made fit to be shown: in lines of bounded length, without secrets, and without control sequences
// that do more than colour and move within the page. It comes in portions, which end anywhere.
import { t } from '@vscode/l10n';
import { hide, redact } from './redact.ts';

/** No longer line is shown: a terminal, a pattern and a person are all overtaxed by one of megabytes. */
export const longestLine = 16_384;

export type OutputFilter = {
  push(text: string): string;
  /** What was held back. */
  end(): string;
};

/** Hides secrets and clips lines. The last word of a portion is held back, as it may be half of a token. */
export function createOutputFilter(secrets: readonly string[] = []): OutputFilter {
  let held = '';
  const longestSecret = Math.min(longestLine, Math.max(0, ...secrets.map(({ length }) => length)));
  /** Letters of the line that were let through already. */
  let column = 0;
  const clip = (text: string) => {
    const clipped = text.replace(/[^\r\n]+/g, (run, offset: number) => {
      const before = offset === 0 ? column : 0;
      if (offset + run.length === text.length) column = before + run.length;
      if (before + run.length <= longestLine) return run;
      return before > longestLine ? '' : run.slice(0, longestLine - before) + clipMark();
    });
    if (/[\r\n]$/.test(text)) column = 0;
    return clipped;
  };
  return {
    push(text) {
      // A secret that is known may hold spaces: what is whole goes first, then half of one may stand at the end.
      const all = hide(held + text, secrets);
      const whole = longestSecret ? heldFrom(all, Math.max(0, all.length - longestSecret)) : all.length;
      const from = Math.max(Math.min(heldFrom(all), whole), all.length - longestLine);
      held = all.slice(from);
      return clip(redact(all.slice(0, from)));
    },
    end() {
      const rest = held;
      held = '';
      return clip(redact(rest, secrets));
    },
  };
}

/** The colour of the line must not run on into the next one. */
const clipMark = () => `\x1b[0m ${t('… the line is clipped here')}`;

/** Words that say that the next one is a secret. */
const intro =
  /^(?:.{0,40}(?:authorization|token|auth|api-key)["']?[:=]?["']?|.{0,80}\b(?:bearer|basic|digest))$/i;

/** Where the last word before a place begins, with those before it that tell what it is. */
function heldFrom(text: string, before = text.length): number {
  let from = wordStart(text, before);
  for (let words = 0; words < 3; words++) {
    let end = from;
    while (end > 0 && end > from - 8 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
    const start = wordStart(text, end);
    if (end === from || end - start > 200 || !intro.test(text.slice(start, end))) break;
    from = start;
  }
  return from;
}

function wordStart(text: string, end: number): number {
  let at = end;
  while (at > 0 && end - at <= longestLine && !/\s/.test(text[at - 1] as string)) at--;
  return at;
}
