import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them. */
export const volumeActions = {
  room: 'volumes',
  actions: {
    inspect: { icon: 'info', on: 'volume', menu: '5_look@1', inline: { at: 1 }, key: { key: 'enter' } },
    copyName: { icon: 'copy', on: 'volume', menu: '4_copy@1' },
    remove: {
      icon: 'trash',
      on: 'volume',
      menu: '9_remove@1',
      inline: { at: 2, on: 'unused' },
      key: { key: 'delete', mac: 'cmd+backspace' },
    },
  },
} satisfies ActionTable;

export type VolumeAction = keyof typeof volumeActions.actions;
