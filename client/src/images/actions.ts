import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them. */
export const imageActions = {
  room: 'images',
  actions: {
    run: { icon: 'play', on: 'image', menu: '1_use@1', inline: { at: 1 } },
    push: { icon: 'cloud-upload', on: 'tagged', menu: '1_use@2', inline: { at: 2 } },
    tag: { icon: 'tag', on: 'image', menu: '1_use@3' },
    copyName: { icon: 'copy', on: 'image', menu: '4_copy@1' },
    layers: { icon: 'pie-chart', on: 'image', menu: '5_look@1', key: { key: 'alt+enter' } },
    compare: { icon: 'diff', on: 'image', menu: '5_look@2' },
    inspect: { icon: 'info', on: 'image', menu: '5_look@3' },
    remove: {
      icon: 'trash',
      // Of a repository all its tags, of the untagged ones all of them.
      on: '(image|repository|untagged)',
      menu: '9_remove@1',
      key: { key: 'delete', mac: 'cmd+backspace' },
    },
  },
} satisfies ActionTable;

export type ImageAction = keyof typeof imageActions.actions;
