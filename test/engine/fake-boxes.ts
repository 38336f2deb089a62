// Questions of VS Code, answered without a window.
import { EventEmitter } from './fake-events.ts';

const nothing = () => ({ dispose() {} });

export type Asked = {
  readonly kind: 'input' | 'pick';
  readonly title: string;
  /** How many questions it says that there are. */
  readonly total?: number;
  readonly password?: boolean;
  readonly keepsOpen?: boolean;
  readonly labels?: readonly string[];
  /** What stands below those that have it. */
  readonly details?: readonly string[];
  /** Icon, label, description and buttons of each row, in words. */
  readonly rows?: readonly string[];
  readonly placeholder?: string;
  /** Why it stayed open. */
  readonly complaint?: string;
};

/** An answer: Enter, on what stands in the box or comes first in the list. */
export const enter = '\r';

/** An answer to a list: what a person types into it before Enter. */
export const typing = (text: string) => `${typed}${text}`;
const typed = '\u2328';

/** An answer to a list: the button of a row with this label. */
export const pressing = (label: string, tooltip: string) => `${pressed}${label}\n${tooltip}`;
const pressed = '\u25c9';

type Button = { readonly tooltip?: string };
type Row = {
  label: string;
  description?: string;
  detail?: string;
  alwaysShow?: boolean;
  iconPath?: { readonly id: string };
  buttons?: readonly Button[];
};

const rowWords = ({ label, description, iconPath, buttons = [] }: Row) =>
  [iconPath?.id, label, description, ...buttons.map(({ tooltip }) => `[${tooltip}]`)]
    .filter(Boolean)
    .join(' ');

/** A box that asks `screen` for what a person would answer. */
export function createBox(
  screen: { readonly asked: Asked[]; readonly answer: (question: Asked) => string | undefined },
  kind: 'input' | 'pick',
) {
  const accepted = new EventEmitter<void>();
  const hidden = new EventEmitter<void>();
  const changed = new EventEmitter<string>();
  const button = new EventEmitter<{ item: Row; button: Button }>();
  const box = {
    title: '',
    totalSteps: undefined as number | undefined,
    placeholder: undefined as string | undefined,
    value: '',
    password: false,
    ignoreFocusOut: false,
    canSelectMany: false,
    validationMessage: undefined as string | undefined,
    items: [] as Row[],
    selectedItems: [] as { label: string }[],
    onDidChangeValue: changed.event,
    onDidTriggerButton: nothing,
    onDidTriggerItemButton: button.event,
    onDidAccept: accepted.event,
    onDidHide: hidden.event,
    dispose() {},
    show() {
      setImmediate(() => {
        const labels = kind === 'pick' ? box.items.map(({ label }) => label) : undefined;
        const question = {
          kind,
          title: box.title,
          total: box.totalSteps,
          password: box.password,
          keepsOpen: box.ignoreFocusOut,
          labels,
          details: box.items.flatMap(({ detail }) => detail ?? []),
          rows: box.items.map(rowWords),
          placeholder: box.placeholder,
        };
        screen.asked.push(question);
        const answer = screen.answer(question);
        if (kind === 'input') box.value = answer === enter ? box.value : (answer ?? '');
        else if (answer?.startsWith(pressed)) {
          const [label, tooltip] = answer.slice(pressed.length).split('\n');
          const item = box.items.find((row) => row.label === label);
          const meant = item?.buttons?.find((one) => one.tooltip === tooltip);
          if (!item || !meant) return hidden.fire();
          return button.fire({ item, button: meant });
        } else if (answer?.startsWith(typed)) {
          box.value = answer.slice(typed.length);
          changed.fire(box.value);
          // As VS Code filters, but that it finds what is spelt almost so as well.
          box.selectedItems = box.items
            .filter(({ label, alwaysShow }) => alwaysShow || label.includes(box.value))
            .slice(0, 1);
          if (!box.selectedItems.length) return hidden.fire();
        }
        // Where several can be ticked, Enter takes those that are, and labels in lines tick each.
        else if (!box.canSelectMany || answer !== enter)
          box.selectedItems = box.items.filter(
            ({ label }, index) =>
              answer === (index ? label : enter) ||
              (box.canSelectMany ? answer?.split('\n').includes(label) : answer === label),
          );
        if (answer === undefined) return hidden.fire();
        accepted.fire();
        // A box that complains stays open; a person would leave it.
        const isOther = box.canSelectMany && box.placeholder !== question.placeholder;
        const complaint = box.validationMessage ?? (isOther ? box.placeholder : undefined);
        Object.assign(question, { complaint });
        if (complaint) hidden.fire();
      });
    },
  };
  return box;
}

/**
 * Says yes to what is asked before it is done. A message's button is left alone: that of a failure does something, such as
 * unpausing a container, while the test goes on.
 */
export const agree = ({ kind, buttons }: { kind: string; buttons: readonly string[] }): string | undefined =>
  kind === 'modal' ? buttons[0] : undefined;
