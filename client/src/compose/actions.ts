import type { ActionTable } from '../ui/actions.ts';

/** On projects, and on the containers that are of one. */
const on = '(composeproject|compose)';
const project = 'composeproject';
/** What is not up: files in the workspace, and the services in them. */
const direct = '(composefile|composeservice)';

export const composeActions = {
  room: 'compose',
  view: 'containers',
  submenus: { compose: { on, menu: '3_more@4' } },
  actions: {
    up: {
      icon: 'play-circle',
      on,
      direct: '(composeproject|composefile|composeservice)',
      menu: '1_compose@1',
      under: 'compose',
      inline: { at: 2, on: '(composeproject|composefile|composeservice)' },
    },
    stop: { icon: 'debug-stop', on, direct: project, menu: '1_compose@2', under: 'compose' },
    restart: { icon: 'debug-restart', on, menu: '1_compose@3', under: 'compose' },
    logs: {
      icon: 'output',
      on,
      direct: project,
      menu: '1_compose@4',
      under: 'compose',
      inline: { at: 1, on: project },
    },
    pull: { icon: 'cloud-download', on, direct, menu: '1_compose@5', under: 'compose' },
    build: { icon: 'tools', on, direct, menu: '1_compose@6', under: 'compose' },
    openFile: { icon: 'go-to-file', on, direct, menu: '1_compose@7', under: 'compose' },
    down: { icon: 'trash', on, menu: '9_remove@2', under: 'compose' },
  },
} satisfies ActionTable;

export type ComposeAction = keyof typeof composeActions.actions;
