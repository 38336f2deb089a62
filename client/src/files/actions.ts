import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them. */
export const fileActions = {
  room: 'files',
  view: 'containers',
  actions: {
    browse: { icon: 'folder-opened', on: 'container', menu: '1_use@4' },
    open: { icon: 'go-to-file', on: 'file', menu: '1_use@1' },
    download: {
      icon: 'cloud-download',
      on: '(file|folder)',
      menu: '1_use@2',
      inline: { at: 1, on: '(file|folder);entry' },
    },
    upload: { icon: 'cloud-upload', on: 'folder', menu: '2_into@1', inline: { at: 2 } },
    uploadFolder: { icon: 'cloud-upload', on: 'folder', menu: '2_into@2' },
    newFile: { icon: 'new-file', on: 'folder', menu: '2_into@3' },
    newFolder: { icon: 'new-folder', on: 'folder', menu: '2_into@4' },
    rename: { icon: 'edit', on: 'entry', menu: '3_change@1' },
    copyPath: { icon: 'copy', on: '(file|folder|special)', menu: '4_copy@1' },
    refresh: { icon: 'refresh', on: 'folder', menu: '5_look@1', inline: { at: 3 } },
    remove: { icon: 'trash', on: 'entry', menu: '9_remove@1' },
  },
} satisfies ActionTable;

/** What the keys of the view that they are in do with files there. */
export const fileKeys = {
  logs: 'wheelhouse.files.open',
  rename: 'wheelhouse.files.rename',
  remove: 'wheelhouse.files.remove',
};

export type FileAction = keyof typeof fileActions.actions;
