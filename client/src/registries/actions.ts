import type { ActionTable } from '../ui/actions.ts';

/** What can be done with a registry itself. */
export const loginActions = {
  room: 'registries',
  actions: {
    login: { icon: 'sign-in', on: 'registry', menu: '1_use@1', inline: { at: 1, on: 'loggedout' } },
    logout: { icon: 'sign-out', on: 'loggedin', menu: '9_remove@1', inline: { at: 1 } },
  },
} satisfies ActionTable;

/** What can be done with what a registry holds; a node says which registry, so each needs one. */
export const registryActions = {
  room: 'registries',
  actions: {
    pull: { icon: 'cloud-download', on: 'remotetag', menu: '1_use@1', inline: { at: 1 }, needsNode: true },
    run: { icon: 'play', on: 'remotetag', menu: '1_use@2', inline: { at: 2 }, needsNode: true },
    copyReference: { icon: 'copy', on: 'remotetag', menu: '4_copy@1', needsNode: true },
    copyDigest: { icon: 'copy', on: 'remotetag', menu: '4_copy@2', needsNode: true },
    copyName: { icon: 'copy', on: 'remote', menu: '4_copy@1', needsNode: true },
    inspect: { icon: 'info', on: 'remotetag', menu: '5_look@1', needsNode: true },
    deleteTag: {
      icon: 'trash',
      on: 'remotetag',
      menu: '9_remove@1',
      needsNode: true,
      key: { key: 'delete', mac: 'cmd+backspace' },
    },
  },
} satisfies ActionTable;

export type LoginAction = keyof typeof loginActions.actions;
export type RegistryAction = keyof typeof registryActions.actions;
