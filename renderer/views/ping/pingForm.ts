/** The form of the ping window: text as typed, parsed by the contract's own schema. */
import { z } from 'zod';
import { pingInputSchema, type PingInput } from '../../../shared/contract/simulation.ts';

export interface PingForm {
  readonly virtualMachine: string;
  readonly destination: string;
  readonly count: string;
  readonly size: string;
  readonly doNotFragment: boolean;
}

export type PingField = keyof PingForm;
export type PingFormResult = { readonly input: PingInput } | { readonly errors: Partial<Record<PingField, string>> };

const messages: Partial<Record<PingField, string>> = {
  virtualMachine: 'Choose the virtual machine that sends.',
  count: 'Type a whole number from 1 to 1000.',
  size: 'Type a whole number from 0 to 65500.',
};

const digits = /^\d{1,6}$/;

export function parsePingForm(form: PingForm): PingFormResult {
  const numberOf = (text: string) => (digits.test(text.trim()) ? Number(text) : Number.NaN);
  const parsed = pingInputSchema.safeParse({ ...form, count: numberOf(form.count), size: numberOf(form.size) });
  if (parsed.success) return { input: parsed.data };
  const { fieldErrors } = z.flattenError(parsed.error);
  const fields = Object.keys(fieldErrors) as (keyof typeof fieldErrors)[];
  return {
    errors: Object.fromEntries(fields.map((field) => [field, messages[field as PingField] ?? fieldErrors[field]?.[0] ?? 'This value is not allowed.'])),
  };
}
