/** What is typed about a host, and what that means as input of `host.add` and `host.change`. */
import type { HostProperties } from '../../../shared/contract/inventory.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';

/** Exact text of the check box on Host Access (fact sheet §1.7). */
export const hostAccessText =
  'This host is a dedicated network virtualization gateway, as a result it is not available for placement of virtual machines requiring network virtualization';

export interface SwitchForm {
  /** Empty for a new one. */
  readonly id: string;
  readonly name: string;
  /** Of which a new one shall be an instance: id, or empty for a standard switch. */
  readonly logicalSwitch?: string;
  /** Adapters that are connected to it. */
  readonly users: readonly string[];
}

export interface AddHostForm {
  readonly name: string;
  readonly isVirtual: boolean;
  /** Id. */
  readonly runAsAccount: string;
  /** Id. */
  readonly hostGroup: string;
  readonly isDedicatedGateway: boolean;
  readonly nic: string;
  readonly switches: readonly SwitchForm[];
}

export function emptyForm(hostGroup: string): AddHostForm {
  return { name: '', isVirtual: false, runAsAccount: '', hostGroup, isDedicatedGateway: false, nic: 'NIC1', switches: [] };
}

export function toAddInput({ switches, ...form }: AddHostForm): OperationInput<'host.add'> {
  return { ...form, virtualSwitches: switches.map(({ name }) => name) };
}

export interface HostForm {
  readonly hostGroup: string;
  /** Id, or empty for none. */
  readonly runAsAccount: string;
  readonly isDedicatedGateway: boolean;
  readonly switches: readonly SwitchForm[];
}

export function formOf({ hostGroupId, runAsAccountId, isDedicatedGateway, virtualSwitches }: HostProperties): HostForm {
  return { hostGroup: hostGroupId, runAsAccount: runAsAccountId ?? '', isDedicatedGateway, switches: virtualSwitches };
}

/** Only what was changed: what another operator changed meanwhile stays. */
export function toChangeInput(host: string, form: HostForm, before: HostForm): OperationInput<'host.change'> {
  return {
    host,
    ...(form.hostGroup === before.hostGroup ? {} : { hostGroup: form.hostGroup }),
    ...(form.runAsAccount === before.runAsAccount ? {} : { runAsAccount: form.runAsAccount }),
    ...(form.isDedicatedGateway === before.isDedicatedGateway ? {} : { isDedicatedGateway: form.isDedicatedGateway }),
    ...(switchesText(form) === switchesText(before) ? {} : { virtualSwitches: form.switches.map(({ id, name, logicalSwitch = '' }) => ({ virtualSwitch: id, name, ...(logicalSwitch === '' ? {} : { logicalSwitch }) })) }),
  };
}

const switchesText = ({ switches }: HostForm): string => JSON.stringify(switches.map(({ id, name, logicalSwitch = '' }) => [id, name, logicalSwitch]));

export function isChanged(form: HostForm, before: HostForm): boolean {
  return Object.keys(toChangeInput('', form, before)).length > 1;
}
