// Where a container is reached: at its published ports, and inside of its networks.
import { t } from '@vscode/l10n';
import * as z from 'zod';
import { engineHost } from '../engine/host.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { failed } from '../runtime/failures.ts';
import { copy } from '../ui/copy.ts';
import { ask } from '../ui/pickers.ts';
import type { Workbench } from '../ui/workbench.ts';
import { browserPorts } from './model.ts';

type Address = { readonly address: string; readonly of: string };

const network = z.object({ IPAddress: z.string().nullish(), GlobalIPv6Address: z.string().nullish() });
const networks = z.object({
  NetworkSettings: z.object({ Networks: z.record(z.string(), network).nullish() }).nullish(),
});

/** Those at which this machine reaches it first. */
export function addressesOf(container: ContainerDetails, host: string): readonly Address[] {
  const published = browserPorts(container).map(({ address, host: port, container: inside }) => ({
    address: `${address && !isLoopback(address) ? address : host}:${port}`,
    of: `→ ${inside}`,
  }));
  const { data } = networks.safeParse(container.raw);
  const own = Object.entries(data?.NetworkSettings?.Networks ?? {}).flatMap(
    ([name, { IPAddress, GlobalIPv6Address }]) =>
      [IPAddress, GlobalIPv6Address].flatMap((address) =>
        address ? [{ address, of: t('in {0}', name) }] : [],
      ),
  );
  const unique = new Map([...published, ...own].map((one) => [one.address, one]));
  return [...unique.values()];
}

const isLoopback = (address: string) => address.startsWith('127.') || address === '[::1]';

/** Asks which where there are several. */
export async function copyAddress(workbench: Workbench, container: ContainerDetails | undefined) {
  if (!container) return undefined;
  const addresses = addressesOf(container, await engineHost(workbench));
  const [first, ...others] = addresses;
  if (!first)
    throw failed({
      id: 'container-without-address',
      message: t('{0} has no published port and no address in a network.', container.name),
      remedy: t('Connect it to a network, or run it with a port.'),
    });
  if (!others.length) return copy([first.address]);
  const choices = addresses.map(({ address, of }) => ({ label: address, description: of, value: address }));
  const answers = await ask(t('Copy Address of {0}', container.name), [
    () => ({ key: 'address', kind: 'pick', title: t('Address'), choices }),
  ]);
  return typeof answers?.address === 'string' ? copy([answers.address]) : undefined;
}
