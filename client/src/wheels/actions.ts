import type { ActionTable } from '../ui/actions.ts';

export const wheelActions = {
  room: 'wheels',
  actions: {
    build: { icon: 'package', on: 'package', menu: '1_make@1', inline: { at: 1 } },
    removeOld: { icon: 'clear-all', on: 'several', menu: '9_remove@1' },
  },
} satisfies ActionTable;

export type WheelAction = keyof typeof wheelActions.actions;
