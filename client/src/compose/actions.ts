import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them; on projects, and on the containers that are of one. */
const on = '(composeproject|compose)';
/** Also on what is not up: files in the workspace, and the services in them. */
const ofFiles = '(composeproject|compose|composefile|composeservice)';

export const composeActions = {
  room: 'compose',
  view: 'containers',
  actions: {
    up: {
      icon: 'play-circle',
      on: ofFiles,
      menu: '6_compose@1',
      inline: { at: 2, on: '(composeproject|composefile|composeservice)' },
    },
    stop: { icon: 'debug-stop', on, menu: '6_compose@2' },
    restart: { icon: 'debug-restart', on, menu: '6_compose@3' },
    logs: { icon: 'output', on, menu: '6_compose@4', inline: { at: 1, on: 'composeproject' } },
    pull: { icon: 'cloud-download', on: ofFiles, menu: '6_compose@5' },
    build: { icon: 'tools', on: ofFiles, menu: '6_compose@6' },
    openFile: { icon: 'go-to-file', on: ofFiles, menu: '6_compose@7' },
    down: { icon: 'trash', on, menu: '9_remove@2' },
  },
} satisfies ActionTable;

export type ComposeAction = keyof typeof composeActions.actions;
