/** Inputs of the operations of Run As accounts, host groups and hosts. Half-filled ones pass: what is missing is said by the checks, at its place. */
import { z } from 'zod';

const text = z.string().trim().max(1024).default('');
const draftRef = z.string().trim().max(256).default('');
const ref = z.string().trim().min(1, 'Choose an object.').max(256);

/** Typed once; main puts what it sealed in its place before the input is stored. */
const secretSchema = z.union([z.string().max(1024), z.object({ sealed: z.string().max(8192) })]);

const confirmationSchema = z.string().max(1024).optional().describe('The secret again, as a person types it');

/** Create Run As Account (fact sheet §7). */
export const createRunAsAccountInputSchema = z.object({
  name: text,
  description: text,
  kind: z.enum(['credential', 'preSharedKey']).default('credential'),
  userName: text,
  secret: secretSchema.default('').describe('Password or pre-shared key'),
  confirmation: confirmationSchema,
  validate: z.boolean().default(false).describe('Validate domain credentials'),
});

/** Properties of a Run As account; what is left out stays. Its kind cannot change. */
export const changeRunAsAccountInputSchema = z.object({
  runAsAccount: ref,
  name: z.string().trim().max(1024).optional(),
  description: z.string().trim().max(1024).optional(),
  userName: z.string().trim().max(1024).optional(),
  secret: secretSchema.optional().describe('New password or pre-shared key; left out, the old one stays'),
  confirmation: confirmationSchema,
  validate: z.boolean().default(false).describe('Validate domain credentials'),
});

export const runAsAccountInputSchema = z.object({ runAsAccount: ref });

export const createHostGroupInputSchema = z.object({
  name: text,
  parent: draftRef.describe('Host group above it; left out, the topmost one'),
});

export const renameHostGroupInputSchema = z.object({ hostGroup: ref, name: text });
export const moveHostGroupInputSchema = z.object({ hostGroup: ref, parent: draftRef.describe('Host group to move it under') });
export const hostGroupInputSchema = z.object({ hostGroup: ref });

/** Add Host: what VMM would find out from the computer, the operator says here. */
export const addHostInputSchema = z.object({
  name: text.describe('Fully qualified name of the computer'),
  hostGroup: draftRef,
  runAsAccount: draftRef.describe('Administrator of the host'),
  nic: text.describe('Name of its physical network adapter'),
  virtualSwitches: z.array(z.string().trim().max(1024)).max(64).default([]).describe('Names of the virtual switches on that adapter'),
  isVirtual: z.boolean().default(false).describe('The host is itself a virtual machine'),
  isDedicatedGateway: z.boolean().default(false).describe('Host Access: a dedicated network virtualization gateway'),
});

/** A virtual switch as it shall be. */
const virtualSwitchInputSchema = z.object({
  virtualSwitch: draftRef.describe('The switch as it is now; left out for a new one'),
  name: text,
  logicalSwitch: draftRef.describe('Of which a new switch is an instance; left out for a standard switch'),
});

/** Properties of a host; what is left out stays. */
export const changeHostInputSchema = z.object({
  host: ref,
  hostGroup: z.string().trim().max(256).optional(),
  runAsAccount: z.string().trim().max(256).optional(),
  isDedicatedGateway: z.boolean().optional().describe('Host Access: a dedicated network virtualization gateway'),
  virtualSwitches: z.array(virtualSwitchInputSchema).max(64).optional().describe('All switches that the host shall have; those that are not named are removed'),
});

export const hostInputSchema = z.object({ host: ref });
