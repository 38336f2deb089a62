import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them. */
export const networkActions = {
  room: 'networks',
  actions: {
    connect: { icon: 'plug', on: 'joinable', menu: '1_use@1', inline: { at: 1 }, one: true },
    disconnect: { icon: 'debug-disconnect', on: 'member', menu: '1_use@2', inline: { at: 1 } },
    inspect: { icon: 'info', on: 'network', menu: '5_look@1', key: { key: 'enter' } },
    copyName: { icon: 'copy', on: 'network', menu: '4_copy@1', needsNode: true },
    remove: {
      icon: 'trash',
      on: 'own',
      menu: '9_remove@1',
      inline: { at: 2, on: 'unused' },
      key: { key: 'delete', mac: 'cmd+backspace' },
    },
    removeAll: { icon: 'trash', on: 'someown', menu: '9_remove@1', needsNode: true },
  },
} satisfies ActionTable;

export type NetworkAction = keyof typeof networkActions.actions;
