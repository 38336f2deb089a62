import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them. */
export const contextActions = {
  room: 'contexts',
  actions: {
    use: { icon: 'check', on: 'other', menu: '1_use@1', inline: { at: 1 }, one: true },
    release: { icon: 'discard', on: 'chosen', menu: '1_use@2', inline: { at: 1 } },
    copyName: { icon: 'copy', on: 'context', menu: '4_copy@1', needsNode: true },
    inspect: { icon: 'info', on: 'readable', menu: '5_look@1', key: { key: 'enter' } },
    remove: {
      icon: 'trash',
      on: 'removable',
      menu: '9_remove@1',
      key: { key: 'delete', mac: 'cmd+backspace' },
    },
  },
} satisfies ActionTable;

export type ContextAction = keyof typeof contextActions.actions;
