import { copiedFolder } from '../../facts/copied-folder.ts';
import { copyBelow } from '../../facts/copy-below.ts';
import { copyRoute } from '../../facts/copy-route.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { type ManifestTexts, textsOfContext } from '../../facts/manifest-files.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { isWholeCopy } from '../../facts/whole-copies.ts';
import { readRequirementFile } from '../../project/requirement-files.ts';
import { editsConflict } from '../../text/edit.ts';
import { joinedFrom } from './joined-stages.ts';
import { partsBelow } from './parts-last.ts';
import { partsOfProject } from './project-parts.ts';
import type { Proposal, Refactoring, Subject } from './refactoring.ts';
import { fixesOf } from './rule-fixes.ts';

const kept = 'After a change of the code the dependencies stay as they are';
const names = {
  id: 'dependencies-first',
  title: 'Install dependencies before the code is copied',
  gain: `${kept}, and nothing of them is pushed again.`,
};
/** A COPY of a part of the project, of which another rule tells. */
const parts = fixesOf({ ...names, codes: ['uv-sync-single-layer'] });

export const dependenciesFirst: Refactoring = {
  ...names,
  propose(subject) {
    const { facts } = subject;
    const texts = textsOf(subject);
    const part = parts.propose(subject);
    const found = facts.stages.flatMap((stage) => {
      const moved = proposeIn(facts, stage, texts) ?? partsBelow(facts, stage, texts);
      return moved ?? (part ? [] : (partsOfProject(facts, stage, texts) ?? []));
    });
    const joined = found.length > 0 || part ? [] : joinedIn(subject, texts);
    const others = [...found, ...joined].filter(({ edits }) => !part || !editsConflict(part.edits, edits));
    const all = [...others, ...(part ? [part] : [])];
    if (all.length === 0) return undefined;
    const assumes = others.find((one) => one.assumes !== undefined)?.assumes;
    return {
      spans: all.flatMap(({ spans }) => spans),
      edits: all.flatMap(({ edits }) => edits),
      ...(assumes === undefined ? {} : { assumes }),
      ...(all.every((one) => isForCopies(facts, one)) && { gain: `${kept}.` }),
    };
  },
};

/** Whether what is changed is no part of the final stage, which copies from there: in one layer with the code, as a rule. */
function isForCopies({ stages, finalStage }: FileFacts, { edits }: Proposal): boolean {
  const shipped = finalStage ? lineage(finalStage) : [];
  const copied = stages.filter((stage) => !shipped.includes(stage));
  return edits.every(({ span }) =>
    copied.some(
      ({ from, instructions }) =>
        span.start >= from.span.start && span.start <= (instructions.at(-1) ?? from).span.end,
    ),
  );
}

/** What is known of the manifests: what the context was read for, and the project's own texts. */
function textsOf({ facts, sources }: Subject): ManifestTexts {
  const known = textsOfContext(facts.context);
  return {
    requirements: (path) => {
      const text = sources?.get(path);
      return known.requirements(path) ?? (text === undefined ? undefined : readRequirementFile(path, text));
    },
    text: (path) => known.text(path) ?? sources?.get(path),
  };
}

/** The same where the COPY stands in a stage and the install in one that builds on it. */
function joinedIn({ facts, around }: Subject, texts: ManifestTexts): Proposal[] {
  return facts.stages.flatMap((first) => {
    if (!first.instructions.some(isWholeCopy)) return [];
    const joined = joinedFrom(facts, first, around);
    const proposal = joined && proposeIn(facts, joined.stage, texts);
    if (!joined || !proposal) return [];
    const names = joined.names.join(' or ');
    const assumes = [proposal.assumes, `nobody builds the stage ${names} for itself`].filter(Boolean);
    return [{ ...proposal, assumes: assumes.join(', and ') }];
  });
}

function proposeIn(facts: FileFacts, stage: Stage, texts: ManifestTexts): Proposal | undefined {
  const copy = stage.instructions.find(isWholeCopy);
  const folder = copy && copiedFolder(facts, stage, copy, texts);
  const route = folder && copyRoute(folder);
  const edits = route && copyBelow(folder, route);
  if (!copy || !edits) return undefined;
  const files = facts.context?.files ? [] : [...new Set([...route.files, ...(route.stop?.headFiles ?? [])])];
  const assumes = `${files.join(' and ')} ${files.length > 1 ? 'name' : 'names'} no other file of the project`;
  return { spans: [copy.span], edits, ...(files.length > 0 ? { assumes } : {}) };
}
