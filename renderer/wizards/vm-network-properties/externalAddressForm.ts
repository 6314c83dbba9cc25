/** External addresses behind the first one of a NAT connection, as they are typed. */
import type { OperationInput } from '../../../shared/contract/operations.ts';

type NatInput = Extract<NonNullable<OperationInput<'vmNetwork.setConnectivity'>['directConnection']>, { routing: 'NAT' }>;

export interface ExternalAddressForm {
  readonly id?: string | undefined;
  /** Empty: the one that has the address, else that of the first external address. */
  readonly ipAddressPool: string;
  /** Empty: the first free address. */
  readonly ipAddress: string;
}

export const emptyExternalAddress: ExternalAddressForm = { ipAddressPool: '', ipAddress: '' };

/** As they are now. */
export function externalAddressForms(addresses: NatInput['externalAddresses'] = []): readonly ExternalAddressForm[] {
  return addresses.map(({ id, ipAddressPool = '', ipAddress = '' }) => ({ id, ipAddressPool, ipAddress }));
}

export function externalAddressInputs(forms: readonly ExternalAddressForm[]): NonNullable<NatInput['externalAddresses']> {
  return forms.map(({ id, ipAddressPool, ipAddress }) => ({
    ...(id === undefined ? {} : { id }),
    ...(ipAddressPool === '' ? {} : { ipAddressPool }),
    ...(ipAddress.trim() === '' ? {} : { ipAddress: ipAddress.trim() }),
  }));
}

interface Addressed<R> {
  /** The first one. */
  readonly ipAddress: string;
  readonly externalAddresses: readonly ExternalAddressForm[];
  readonly rules: readonly R[];
}

/** Rules at those behind it keep theirs, which has another number now. `at`: place behind the first one, from 0. */
export function withoutExternalAddress<R extends { readonly externalAddress: number }, F extends Addressed<R>>(form: F, at: number): F {
  return {
    ...form,
    externalAddresses: form.externalAddresses.filter((_, other) => other !== at),
    rules: form.rules.map((rule) => (rule.externalAddress > at + 2 ? { ...rule, externalAddress: rule.externalAddress - 1 } : rule)),
  };
}

/** Of the first one and those behind it: what a rule can choose from. */
export function externalAddressChoices({ ipAddress, externalAddresses }: Omit<Addressed<unknown>, 'rules'>): readonly { readonly number: number; readonly text: string }[] {
  return [ipAddress, ...externalAddresses.map((entry) => entry.ipAddress)].map((address, at) => ({ number: at + 1, text: address.trim() === '' ? `${at + 1} (automatic)` : address.trim() }));
}
