import type { ProjectFacts } from '../project.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** What runs another program. */
const runs = /\b(?:subprocess|os\.(?:system|popen|exec\w+)|Popen|check_call|check_output|call|run)\b/;
/** `["streamlit", "run", …]` and `"streamlit run …"`. */
const ofStreamlit = /["']streamlit["'],\s*["']run["']|["']streamlit run\b/;
const said = /^\s*#|\b(?:print|echo|info|warn\w*|error|log\w*|help|description|epilog)\b/;
/** So many lines stand between a call and its words. */
const most = 6;

/** Why a program that starts Streamlit as another program is none for an image, in a sentence: port and health are that one's own. */
export function launchFault(facts: ProjectFacts, start: Start): string | undefined {
  if (start.words[0] === 'streamlit') return undefined;
  const [program] = programsOfStart(facts, start);
  const lines = (program?.text ?? '').split('\n');
  const isLauncher = lines.some((line, at) => {
    const words = lines.slice(at, at + 2).join(' ');
    const before = lines.slice(Math.max(at - most, 0), at + 1);
    return ofStreamlit.test(words) && !said.test(line) && before.some((one) => runs.test(one));
  });
  return isLauncher
    ? `${program?.path} starts Streamlit as a program of its own, so that nothing is known of its port: write "web: streamlit run" with the page in a Procfile, then add the files again.`
    : undefined;
}
