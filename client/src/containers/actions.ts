import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them. */
export const containerActions = {
  room: 'containers',
  submenus: {
    manage: { on: 'container', menu: '3_more@1' },
    inspect: { on: 'container', menu: '3_more@2' },
    copy: { on: 'container', menu: '3_more@3' },
  },
  actions: {
    logs: { icon: 'output', on: 'container', menu: '1_use@1', inline: { at: 1 }, key: { key: 'enter' } },
    shell: { icon: 'terminal', on: 'shell', menu: '1_use@2', inline: { at: 2 }, one: true },
    open: { icon: 'globe', on: 'port', menu: '1_use@3', inline: { at: 3 }, one: true },
    openJupyter: { icon: 'notebook', on: 'jupyter', menu: '1_use@5', one: true },
    execute: { icon: 'terminal-bash', on: 'shell', menu: '1_use@1', under: 'manage', one: true },
    attachEditor: { icon: 'remote-explorer', on: 'shell', menu: '1_use@7', one: true },
    start: { icon: 'play', on: 'stopped', menu: '2_run@1', inline: { at: 2 } },
    stop: { icon: 'debug-stop', on: 'running', menu: '2_run@2', inline: { at: 4 } },
    restart: { icon: 'debug-restart', on: 'running', menu: '2_run@3' },
    pause: { icon: 'debug-pause', on: 'shell', menu: '2_run@1', under: 'manage' },
    unpause: { icon: 'debug-continue', on: 'paused', menu: '2_run@5' },
    kill: { icon: 'zap', on: 'running', menu: '2_run@2', under: 'manage' },
    rename: {
      icon: 'edit',
      on: 'container',
      menu: '3_change@1',
      under: 'manage',
      key: { key: 'f2' },
      one: true,
    },
    commit: { icon: 'layers', on: 'container', menu: '3_change@3', under: 'manage', one: true },
    copyName: { icon: 'copy', on: 'container', menu: '1_copy@1', under: 'copy', needsNode: true },
    copyId: { icon: 'copy', on: 'container', menu: '1_copy@2', under: 'copy', needsNode: true },
    copyAddress: { icon: 'copy', on: 'running', menu: '1_copy@4', under: 'copy', one: true },
    copyRun: { icon: 'copy', on: 'container', menu: '1_copy@3', under: 'copy' },
    logsInTerminal: { icon: 'terminal', on: 'container', menu: '1_look@4', under: 'inspect' },
    inspect: { icon: 'info', on: 'container', menu: '1_look@1', under: 'inspect' },
    processes: { icon: 'pulse', on: 'running', menu: '1_look@2', under: 'inspect', one: true },
    environment: { icon: 'symbol-variable', on: 'container', menu: '1_look@3', under: 'inspect', one: true },
    remove: {
      icon: 'trash',
      on: 'container',
      menu: '9_remove@1',
      inline: { at: 3, on: 'stopped' },
      key: { key: 'delete', mac: 'cmd+backspace' },
    },
    // Of a group, what is in it. Of a Compose project its submenu does the same, in the order of its services.
    logsAll: { icon: 'output', on: 'group', but: 'composeproject', menu: '1_use@1', needsNode: true },
    startAll: { icon: 'play', on: 'somestopped', menu: '2_run@1', needsNode: true },
    stopAll: {
      icon: 'debug-stop',
      on: 'somerunning',
      but: 'composeproject',
      menu: '2_run@2',
      needsNode: true,
    },
    restartAll: {
      icon: 'debug-restart',
      on: 'somerunning',
      but: 'composeproject',
      menu: '2_run@3',
      needsNode: true,
    },
    removeAll: { icon: 'trash', on: 'group', menu: '9_remove@1', needsNode: true },
  },
} satisfies ActionTable;

export type ContainerAction = keyof typeof containerActions.actions;
