import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them. */
export const volumeActions = {
  room: 'volumes',
  actions: {
    inspect: { icon: 'info', on: 'volume', menu: '5_look@1', inline: { at: 1 }, key: { key: 'enter' } },
    clone: { icon: 'files', on: 'volume', menu: '2_whole@1', one: true },
    export: { icon: 'desktop-download', on: 'volume', menu: '2_whole@2', one: true },
    importInto: { icon: 'cloud-upload', on: 'volume', menu: '2_whole@3', one: true },
    copyName: { icon: 'copy', on: 'volume', menu: '4_copy@1', needsNode: true },
    remove: {
      icon: 'trash',
      on: 'volume',
      menu: '9_remove@1',
      inline: { at: 2, on: 'unused' },
      key: { key: 'delete', mac: 'cmd+backspace' },
    },
    removeAll: { icon: 'trash', on: 'group', menu: '9_remove@1', needsNode: true },
    // Of the group the unused ones in it, from elsewhere all.
    prune: { icon: 'clear-all', on: 'anonymous', menu: '9_remove@2', inline: { at: 1 } },
  },
} satisfies ActionTable;

export type VolumeAction = keyof typeof volumeActions.actions;
