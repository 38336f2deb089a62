import type { ActionTable } from '../ui/actions.ts';

export const devContainerActions = {
  room: 'devcontainers',
  view: 'images',
  actions: {
    add: { icon: 'remote-explorer', on: 'tagged', menu: '2_make@9' },
  },
} satisfies ActionTable;
