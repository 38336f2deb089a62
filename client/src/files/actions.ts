import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them. */
export const fileActions = {
  room: 'files',
  view: 'containers',
  alsoIn: ['images', 'volumes'],
  actions: {
    browse: { icon: 'folder-opened', on: 'container', menu: '1_use@4' },
    open: { icon: 'go-to-file', on: '(file|file-kept)', menu: '1_use@1' },
    difference: { icon: 'diff', on: 'changed', menu: '1_use@3', inline: { at: 0 } },
    download: {
      icon: 'cloud-download',
      // Of layers, whose files stay as they are, as well.
      on: '(file|folder)(-kept)?',
      menu: '1_use@2',
      inline: { at: 1, on: '((file|folder);entry|(file|folder)-kept)' },
    },
    upload: { icon: 'cloud-upload', on: 'folder', menu: '2_into@1', inline: { at: 2 } },
    uploadFolder: { icon: 'cloud-upload', on: 'folder', menu: '2_into@2', needsNode: true },
    newFile: { icon: 'new-file', on: 'folder', menu: '2_into@3', needsNode: true },
    newFolder: { icon: 'new-folder', on: 'folder', menu: '2_into@4', needsNode: true },
    rename: { icon: 'edit', on: 'entry', menu: '3_change@1', needsNode: true },
    copyPath: { icon: 'copy', on: '((file|folder)(-kept)?|special)', menu: '4_copy@1', needsNode: true },
    refresh: { icon: 'refresh', on: 'folder', menu: '5_look@1', inline: { at: 3 }, needsNode: true },
    remove: { icon: 'trash', on: 'entry', menu: '9_remove@1' },
  },
} satisfies ActionTable;

/** What the keys of the view that they are in do with files there. */
export const fileKeys = {
  logs: 'wheelhouse.files.open',
  rename: 'wheelhouse.files.rename',
  remove: 'wheelhouse.files.remove',
};

/** The same in the view of volumes. */
export const volumeFileKeys = { inspect: 'wheelhouse.files.open', remove: 'wheelhouse.files.remove' };
/** In the view of images, where nothing of a layer can be changed. */
export const layerFileKeys = { layers: 'wheelhouse.files.open' };

export type FileAction = keyof typeof fileActions.actions;
