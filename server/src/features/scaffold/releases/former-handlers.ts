import type { Removal } from '../../../data/removed-names.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import { besideProgram } from '../sources/applications.ts';
import { code, withoutComments } from '../sources/modules.ts';

/**
 * The last python-telegram-bot that gives handlers a bot and an update where nobody asks for the other form: of `use_context` 12.8 takes
 * False and 13.0 True (`Updater("…").dispatcher.use_context` of 12.0 to 13.15, installed on 2026-11-28).
 */
const before13: Removal = { name: 'python-telegram-bot', last: '12.8', until: '2020-09-30', uses: [] };

const ofExt = /^[ \t]*(?:from|import) +telegram\.ext\b/m;
const makes = /\b(?:Updater|Dispatcher|JobQueue)\(/;
/** `(bot, update)` and `(bot, job)`, in methods and with types. */
const former =
  /\bdef +(\w+)\(\s*(?:self\s*,\s*|cls\s*,\s*)?(_?bot|_)\s*(?::[^,()\n]{1,40})?,\s*(update|job)\s*[:,)]|\blambda +(bot|_) *, *(update|job) *:/;
/** Handlers of 13, or a program that says which form it has. */
const present =
  /\buse_context\b|\bcontext_types\b|\bApplication(?:Builder)?\b|update\w{0,20}\s{0,20}(?::[^,()\n]{1,40})?,\s{0,20}_?(?:context|ctx)\b/;

/** A handler of the form before 13, where no program has or asks for the one after it. */
export function formerHandlers(
  texts: SourceTexts,
): (Removal & { readonly file: string; readonly use: string })[] {
  const programs = [...texts].flatMap(([file, text]) =>
    file.endsWith('.py') && !besideProgram.test(file) && text.includes('telegram')
      ? [[file, withoutComments(code(text))] as const]
      : [],
  );
  if (!programs.some(([, text]) => ofExt.test(text) && makes.test(text))) return [];
  if (programs.some(([, text]) => present.test(text))) return [];
  return programs.flatMap(([file, text]) => {
    const [, name = 'lambda', bot, second, ofLambda, other] = former.exec(text) ?? [];
    const first = bot ?? ofLambda;
    return first === undefined ? [] : [{ ...before13, file, use: `${name}(${first}, ${second ?? other})` }];
  });
}
