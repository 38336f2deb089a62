// Questions in steps: the derived answer first, a way back, and the command line before it runs.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { asText } from './plain-text.ts';

const longestLabel = 300;

export type Choice = {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: string;
  /** A codicon before it, and its colour in the theme. */
  readonly icon?: readonly [id: string, color?: string];
  /** Buttons in its row: the answer is the value of the row and that of the button then. */
  readonly buttons?: readonly { readonly icon: string; readonly label: string; readonly value: string }[];
};

export type Question = { readonly key: string; readonly title: string } & (
  | {
      readonly kind: 'input';
      readonly prompt: string;
      readonly value?: string;
      readonly placeholder?: string;
      readonly secret?: boolean;
      /** The text is masked until a button shows it. */
      readonly hidden?: boolean;
      /** Says what is wrong with the text, if anything. */
      readonly check?: (text: string) => string | undefined;
    }
  | {
      readonly kind: 'pick';
      readonly choices: readonly Choice[];
      readonly value?: string;
      readonly placeholder?: string;
      /** What the text means that somebody types, where it may be none of the choices: one more, below them. */
      readonly typed?: (text: string) => Choice | undefined;
    }
  | {
      readonly kind: 'pick-many';
      readonly choices: readonly Choice[];
      readonly values?: readonly string[];
      readonly placeholder?: string;
      /** With none ticked it does not go on, and says this. */
      readonly none?: string;
    }
  /** The last step: shows the command line, Enter runs it, a button copies it. */
  | {
      readonly kind: 'confirm';
      readonly icon: string;
      readonly label: string;
      readonly commandLine: string;
      /** A shorter one that is shown in its place; what is copied is whole. */
      readonly shownLine?: string;
      readonly choices?: readonly Choice[];
    }
);

export type Answers = Readonly<Record<string, string | readonly string[]>>;
/** A question that may depend on earlier answers; undefined when there is nothing to ask. */
export type Step = (answers: Answers) => Question | undefined | Promise<Question | undefined>;

export const confirmed = '';

type Reply = { readonly answer: string | readonly string[] } | 'back' | undefined;

/**
 * Asks one step after the other; undefined when the person leaves.
 * @param isOpen most questions are asked after some answers alone, so that nobody can count them beforehand
 */
export async function ask(
  title: string,
  steps: readonly Step[],
  isOpen = false,
): Promise<Answers | undefined> {
  let answers: Answers = {};
  const asked: { readonly step: number; readonly before: Answers }[] = [];
  for (let step = 0; step < steps.length; step++) {
    const question = await steps[step]?.(answers);
    if (!question) continue;
    const place = {
      title: `${title}: ${question.title}`,
      step: asked.length + 1,
      total: isOpen ? 1 : asked.length + steps.length - step,
    };
    const reply = await (question.kind === 'input' ? askInput(question, place) : askPick(question, place));
    if (reply === undefined) return undefined;
    if (reply === 'back') {
      const last = asked.pop();
      if (!last) return undefined;
      step = last.step - 1;
      answers = last.before;
      continue;
    }
    asked.push({ step, before: answers });
    answers = { ...answers, [question.key]: reply.answer };
  }
  return answers;
}

type Place = { readonly title: string; readonly step: number; readonly total: number };

function place(box: vscode.QuickInput, { title, step, total }: Place): void {
  box.title = asText(title, 300);
  if (total > 1) {
    box.step = step;
    box.totalSteps = total;
  }
}

function askInput(question: Question & { kind: 'input' }, where: Place): Promise<Reply> {
  const box = vscode.window.createInputBox();
  place(box, where);
  box.prompt = asText(question.prompt, 500);
  box.value = question.value ?? '';
  box.placeholder = question.placeholder;
  box.password = question.secret || question.hidden || false;
  // What was typed is not lost when somebody looks into another window, or an editor takes the focus late.
  box.ignoreFocusOut = true;
  const show: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('eye'),
    tooltip: l10n.t('Show Values'),
  };
  box.buttons = [
    ...(where.step > 1 ? [vscode.QuickInputButtons.Back] : []),
    ...(question.hidden ? [show] : []),
  ];
  return new Promise((resolve) => {
    const check = () => {
      const complaint = question.check?.(box.value);
      box.validationMessage = complaint === undefined ? undefined : asText(complaint, 300);
    };
    box.onDidChangeValue(check);
    box.onDidTriggerButton((button) => {
      if (button === show) box.password = false;
      else leave('back');
    });
    box.onDidAccept(() => {
      check();
      if (!box.validationMessage) leave({ answer: box.value });
    });
    box.onDidHide(() => leave(undefined));
    const leave = finishOnce(box, resolve);
    box.show();
  });
}

type Item = vscode.QuickPickItem & { readonly value: string; readonly ways?: Choice['buttons'] };

function askPick(question: Exclude<Question, { kind: 'input' }>, where: Place): Promise<Reply> {
  const box = vscode.window.createQuickPick<Item>();
  place(box, where);
  const copy: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('copy'),
    tooltip: l10n.t('Copy Command Line'),
  };
  const items = (question.choices ?? []).map((choice) => itemOf(choice, question.kind === 'confirm'));
  if (question.kind === 'confirm') {
    items.unshift({
      label: `$(${question.icon}) ${asText(question.label, longestLabel)}`,
      detail: asText(question.shownLine ?? question.commandLine, 1_000),
      buttons: [copy],
      value: confirmed,
      alwaysShow: true,
    });
  }
  box.items = items;
  box.matchOnDescription = true;
  box.canSelectMany = question.kind === 'pick-many';
  if (question.kind === 'pick-many')
    box.selectedItems = items.filter(({ value }) => question.values?.includes(value));
  // Setting no item as the active one would leave Enter with nothing to accept.
  const preset = question.kind === 'pick' ? items.filter(({ value }) => value === question.value) : [];
  if (preset.length) box.activeItems = preset;
  box.buttons = where.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  if (question.kind === 'pick' || question.kind === 'pick-many') box.placeholder = question.placeholder;
  const typed = question.kind === 'pick' ? question.typed : undefined;
  return new Promise((resolve) => {
    box.onDidChangeValue((text) => {
      const more = typed?.(text);
      // Items that are set anew lose the one that somebody has gone to.
      if (more || box.items.length > items.length) box.items = more ? [...items, itemOf(more, true)] : items;
    });
    box.onDidTriggerButton(() => leave('back'));
    box.onDidTriggerItemButton(({ item, button }) => {
      if (button === copy && question.kind === 'confirm')
        return void vscode.env.clipboard.writeText(question.commandLine);
      const pressed = item.ways?.[item.buttons?.indexOf(button) ?? -1];
      if (pressed) leave({ answer: [item.value, pressed.value] });
    });
    box.onDidAccept(() => {
      if (question.kind === 'pick-many') {
        if (box.selectedItems.length || question.none === undefined)
          return leave({ answer: box.selectedItems.map(({ value }) => value) });
        // Over the placeholder stands what was typed to filter.
        box.value = '';
        box.placeholder = asText(question.none, longestLabel);
        return undefined;
      }
      const [picked] = box.selectedItems;
      if (picked) leave({ answer: picked.value });
    });
    box.onDidHide(() => leave(undefined));
    const leave = finishOnce(box, resolve);
    box.show();
  });
}

function itemOf({ label, description, detail, value, icon, buttons }: Choice, alwaysShow: boolean): Item {
  return {
    label: asText(label, longestLabel),
    description: description === undefined ? undefined : asText(description, longestLabel),
    detail: detail === undefined ? undefined : asText(detail, longestLabel),
    value,
    alwaysShow,
    iconPath: icon && new vscode.ThemeIcon(icon[0], icon[1] ? new vscode.ThemeColor(icon[1]) : undefined),
    ways: buttons,
    buttons: buttons?.map(({ icon, label }) => ({
      iconPath: new vscode.ThemeIcon(icon),
      tooltip: asText(label, longestLabel),
    })),
  };
}

/** Accepting hides the box, and hiding would answer again. */
function finishOnce(box: vscode.QuickInput, resolve: (reply: Reply) => void): (reply: Reply) => void {
  let done = false;
  return (reply) => {
    if (done) return;
    done = true;
    resolve(reply);
    box.dispose();
  };
}

/**
 * A plan to look at before it runs: Enter on the first row runs the command line shown there, each other row
 * changes one thing. Undefined when the person leaves.
 */
export async function review<P>(
  title: string,
  first: P,
  describe: (plan: P) => Promise<{
    icon: string;
    label: string;
    /** What the title of the box says after the name of the command, where the label would say that once more. */
    of?: string;
    commandLine: string;
    shownLine?: string;
    choices: readonly Choice[];
  }>,
  change: (plan: P, what: string) => Promise<P | undefined>,
): Promise<P | undefined> {
  for (let plan = first; ; ) {
    const shown = await describe(plan);
    const answers = await ask(title, [
      () => ({ key: 'what', kind: 'confirm', title: shown.of ?? shown.label, ...shown }),
    ]);
    if (!answers) return undefined;
    if (answers.what === confirmed) return plan;
    plan = (await change(plan, String(answers.what))) ?? plan;
  }
}
