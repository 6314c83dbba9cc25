/** Inputs of the operations of the library and of virtual machines. Half-filled ones pass: what is missing is said by the checks, at its place. */
import { z } from 'zod';

const text = z.string().trim().max(1024).default('');
const draftRef = z.string().trim().max(256).default('');
const ref = z.string().trim().min(1, 'Choose an object.').max(256);

export const generationSchema = z.union([z.literal(1), z.literal(2)]);

/** What a virtual network adapter is connected to. A logical network stands for its VM network without isolation. */
export const adapterConnectionSchema = z.object({
  connection: z.enum(['notConnected', 'vmNetwork', 'logicalNetwork']).default('notConnected'),
  network: draftRef.describe('VM network or logical network; nothing for Not connected'),
});
export type AdapterConnectionInput = z.infer<typeof adapterConnectionSchema>;

/** Create VM Template Wizard. */
export const createVmTemplateInputSchema = z.object({
  name: text,
  description: text,
  image: draftRef.describe('Virtual hard disk of the library'),
  generation: generationSchema.default(2),
  memoryMb: z.number().default(4096),
  processors: z.number().default(2),
  adapters: z.array(adapterConnectionSchema).max(64).default([]),
});
export type CreateVmTemplateInput = z.infer<typeof createVmTemplateInputSchema>;

/** Properties of a VM template; what is left out stays. The generation cannot be changed. */
export const changeVmTemplateInputSchema = z.object({
  vmTemplate: ref,
  name: z.string().trim().max(1024).optional(),
  description: z.string().trim().max(1024).optional(),
  image: z.string().trim().max(256).optional(),
  memoryMb: z.number().optional(),
  processors: z.number().optional(),
  adapters: z.array(adapterConnectionSchema).max(64).optional(),
});
export type ChangeVmTemplateInput = z.infer<typeof changeVmTemplateInputSchema>;

export const vmTemplateInputSchema = z.object({ vmTemplate: ref });

export const createServiceTemplateInputSchema = z.object({ name: text, description: text, vmTemplate: draftRef.describe('VM template of its machine tier') });
export const serviceTemplateInputSchema = z.object({ serviceTemplate: ref });

export const machineAdapterSchema = adapterConnectionSchema.extend({
  vmSubnet: draftRef.describe('VM subnet; needed where the VM network has several'),
  ipAddress: z.string().trim().max(64).default('').describe('Left empty, the first free address of the pool'),
});
export type MachineAdapterInput = z.infer<typeof machineAdapterSchema>;

/** Create Virtual Machine Wizard. */
export const createVirtualMachineInputSchema = z.object({
  vmTemplate: draftRef,
  name: text.describe('Name of the virtual machine and of the computer in it'),
  role: z.enum(['tenant', 'gateway']).default('tenant').describe('A gateway is to be made a network service later'),
  adapters: z.array(machineAdapterSchema).max(64).optional().describe('Left out, those of the template'),
  host: draftRef,
  start: z.boolean().default(true).describe('Start the virtual machine after it is created'),
});
export type CreateVirtualMachineInput = z.infer<typeof createVirtualMachineInputSchema>;

export const virtualMachineInputSchema = z.object({ virtualMachine: ref });
export const migrateVirtualMachineInputSchema = virtualMachineInputSchema.extend({ host: draftRef.describe('Where it shall run') });
export type MigrateVirtualMachineInput = z.infer<typeof migrateVirtualMachineInputSchema>;
export const deleteVirtualMachineInputSchema = virtualMachineInputSchema.extend({
  powerOff: z.boolean().default(false).describe('Powers it off first, when it is running'),
});
export const stopVirtualMachineInputSchema = virtualMachineInputSchema.extend({
  powerOff: z.boolean().default(false).describe('Without asking the guest to shut down'),
});
