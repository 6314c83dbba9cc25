/** View models of the library, and of where a virtual machine can be placed. */
import { z } from 'zod';
import { adapterConnectionSchema, generationSchema, machineAdapterSchema } from './libraryOperations.ts';
import { idSchema, listPage, listQuery } from './lists.ts';

export const libraryImageRowSchema = z.object({
  id: idSchema,
  name: z.string(),
  libraryServer: z.string(),
  libraryPath: z.string(),
  operatingSystem: z.string(),
  /** Generation of virtual machines that it can boot. */
  generation: generationSchema,
  sizeMb: z.number().int(),
  /** VM templates that use it. */
  vmTemplates: z.number().int(),
});
export type LibraryImageRow = z.infer<typeof libraryImageRowSchema>;

export const vmTemplateRowSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  generation: generationSchema,
  image: z.string(),
  operatingSystem: z.string(),
  memoryMb: z.number().int(),
  processors: z.number().int(),
  /** What each adapter is connected to, in order of slot; null: Not connected. */
  adapters: z.array(z.string().nullable()),
});
export type VmTemplateRow = z.infer<typeof vmTemplateRowSchema>;

/** Everything that the wizards start from. `network` is an id. */
export const vmTemplateDetailsSchema = vmTemplateRowSchema.omit({ adapters: true }).extend({
  imageId: idSchema,
  adapters: z.array(adapterConnectionSchema.extend({ networkName: z.string() })),
  /** Service templates that it is part of. */
  serviceTemplates: z.array(z.string()),
});
export type VmTemplateDetails = z.infer<typeof vmTemplateDetailsSchema>;

export const serviceTemplateRowSchema = z.object({ id: idSchema, name: z.string(), description: z.string(), vmTemplate: z.string() });
export type ServiceTemplateRow = z.infer<typeof serviceTemplateRowSchema>;

/** Networks to which an adapter can be connected; the first ones that match a search. */
export const networkChoicesSchema = z.object({
  vmNetworks: z.array(
    z.object({ id: idSchema, name: z.string(), logicalNetwork: z.string(), vmSubnets: z.array(z.object({ id: idSchema, name: z.string(), subnet: z.string() })) }),
  ),
  logicalNetworks: z.array(z.object({ id: idSchema, name: z.string() })),
  /** There are more VM networks than are listed. */
  hasMore: z.boolean(),
});
export type NetworkChoices = z.infer<typeof networkChoicesSchema>;

export const placementInputSchema = z.object({
  role: z.enum(['tenant', 'gateway']).default('tenant'),
  adapters: z.array(machineAdapterSchema).max(64).default([]),
});
export type PlacementInput = z.infer<typeof placementInputSchema>;

export const hostRatingSchema = z.object({
  id: idSchema,
  name: z.string(),
  hostGroup: z.string(),
  /** 0: cannot be chosen; 5: best. */
  stars: z.number().int().min(0).max(5),
  virtualMachines: z.number().int(),
  reasons: z.array(z.object({ effect: z.enum(['excludes', 'lowers', 'neutral']), text: z.string() })),
});
export type HostRatingView = z.infer<typeof hostRatingSchema>;
/** Best host first. */
export const placementSchema = z.object({ hosts: z.array(hostRatingSchema) });

export const libraryImageListQuerySchema = listQuery(['name', 'libraryServer', 'operatingSystem', 'generation', 'sizeMb']);
export const libraryImageListPageSchema = listPage(libraryImageRowSchema);
export const vmTemplateListQuerySchema = listQuery(['name', 'generation', 'image', 'memoryMb', 'processors']);
export const vmTemplateListPageSchema = listPage(vmTemplateRowSchema);
export const serviceTemplateListQuerySchema = listQuery(['name', 'vmTemplate']);
export const serviceTemplateListPageSchema = listPage(serviceTemplateRowSchema);
