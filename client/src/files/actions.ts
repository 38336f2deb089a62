import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them. */
export const fileActions = {
  room: 'files',
  view: 'containers',
  actions: {
    browse: { icon: 'folder-opened', on: 'container', menu: '1_use@4' },
    open: { icon: 'go-to-file', on: 'file', menu: '1_use@1', key: { key: 'enter' } },
    download: {
      icon: 'cloud-download',
      on: '(file|folder)',
      menu: '1_use@2',
      inline: { at: 1, on: 'entry' },
    },
    refresh: { icon: 'refresh', on: 'folder', menu: '1_use@3', inline: { at: 2 } },
    copyPath: { icon: 'copy', on: '(file|folder|special)', menu: '4_copy@1' },
  },
} satisfies ActionTable;

export type FileAction = keyof typeof fileActions.actions;
