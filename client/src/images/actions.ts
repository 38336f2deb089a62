import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them. */
export const imageActions = {
  room: 'images',
  submenus: {
    inspect: { on: 'image', menu: '3_more@1' },
    copy: { on: 'image', menu: '3_more@2' },
  },
  actions: {
    run: { icon: 'play', on: 'image', menu: '1_use@1', inline: { at: 1 }, one: true },
    push: { icon: 'cloud-upload', on: 'tagged', menu: '1_use@2', inline: { at: 2 }, one: true },
    tag: { icon: 'tag', on: 'image', menu: '1_use@3', one: true },
    copyName: { icon: 'copy', on: 'image', menu: '1_copy@1', under: 'copy', needsNode: true },
    copyDigest: { icon: 'copy', on: 'tagged', menu: '1_copy@2', under: 'copy', one: true, needsNode: true },
    copyId: { icon: 'copy', on: 'image', menu: '1_copy@3', under: 'copy', needsNode: true },
    update: { icon: 'cloud-download', on: 'tagged', menu: '1_use@4', one: true },
    save: { icon: 'save', on: '(image|repository)', menu: '1_use@5' },
    uses: { icon: 'references', on: 'image', menu: '1_look@2', under: 'inspect', one: true },
    layers: { icon: 'pie-chart', on: 'image', menu: '2_look@1', key: { key: 'alt+enter' }, one: true },
    compare: { icon: 'diff', on: 'image', menu: '1_look@3', under: 'inspect' },
    inspect: { icon: 'info', on: 'image', menu: '1_look@1', under: 'inspect' },
    remove: {
      icon: 'trash',
      on: 'image',
      menu: '9_remove@1',
      key: { key: 'delete', mac: 'cmd+backspace' },
    },
    // Of a repository all its tags, of the untagged ones all of them.
    removeAll: { icon: 'trash', on: 'group', menu: '9_remove@1', needsNode: true },
  },
} satisfies ActionTable;

/** What images do with containers. */
export const madeContainerActions = {
  room: 'images',
  view: 'containers',
  actions: {
    recreate: { icon: 'sync', on: 'container', menu: '3_change@2', under: 'manage' },
    ofContainer: { icon: 'layers', on: 'container', menu: '1_look@5', under: 'inspect', one: true },
  },
} satisfies ActionTable;

/** What they do with wheels, and with the packages that those are of. */
export const wheelImageActions = {
  room: 'images',
  view: 'wheels',
  actions: {
    build: { icon: 'tools', on: '(package|wheel)', menu: '1_make@2', inline: { at: 1, on: 'wheel' } },
  },
} satisfies ActionTable;

export type ImageAction = keyof typeof imageActions.actions;
