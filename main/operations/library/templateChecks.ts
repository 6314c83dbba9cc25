/** What a VM template must be, checked part by part. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { AdapterConnectionInput } from '../../../shared/contract/libraryOperations.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { findOrProblem } from '../problems.ts';
import { checkAdapterCount, findConnection, type Connection } from './connections.ts';

type Generation = 1 | 2;

/** Most that a virtual machine of Hyper-V on Windows Server 2012 R2 may have, and the least memory; in MB. */
const memoryLimits = { least: 32, most: 1_048_576 } as const;
const mostProcessors = 64;
const longestName = 128;

export function checkTemplateName(name: string, inventory: Inventory, ownId?: string): readonly Problem[] {
  const path = ['name'];
  if (name === '') return [problem('invalidInput', path, 'The VM template has no name.', 'Type a name for the template.')];
  if (name.length > longestName) return [problem('invalidInput', path, `The name of the VM template has more than ${longestName} characters.`, 'Type a shorter name.')];
  const other = inventory.library.findTemplate(name);
  if (other === undefined || other.id === ownId) return [];
  return [problem('nameInUse', path, `There is a VM template named ${other.name} already.`, 'Type another name.')];
}

/** `mismatchAt`: the value that can be corrected when image and generation do not fit. */
export function checkImage(reference: string, generation: Generation, mismatchAt: 'image' | 'generation', inventory: Inventory): readonly Problem[] {
  const path = ['image'];
  if (reference === '') return [problem('invalidInput', path, 'No virtual hard disk is chosen.', 'Choose an image of the library.')];
  const image = findOrProblem(path, () => inventory.library.image(reference));
  if ('problem' in image) return [image.problem];
  if (image.found.generation === generation) return [];
  return [problem('generationMismatch', [mismatchAt], mismatchText(image.found.name, image.found.generation, generation), mismatchAt === 'image' ? `Choose an image for generation ${generation}.` : `Choose generation ${image.found.generation}, or another image.`)];
}

function mismatchText(image: string, bootable: Generation, wanted: Generation): string {
  const firmware = { 1: 'BIOS', 2: 'UEFI' } as const;
  return `${image} was installed for ${firmware[bootable]}, so it boots in generation ${bootable} only; a virtual machine of generation ${wanted} has ${firmware[wanted]}.`;
}

export function checkHardware(memoryMb: number, processors: number): readonly Problem[] {
  const { least, most } = memoryLimits;
  const problems: Problem[] = [];
  if (!Number.isInteger(memoryMb) || memoryMb < least || memoryMb > most || memoryMb % 2 !== 0) {
    problems.push(problem('invalidInput', ['memoryMb'], `${memoryMb} MB of memory are not possible.`, `Type an even number from ${least} to ${most}.`));
  }
  if (!Number.isInteger(processors) || processors < 1 || processors > mostProcessors) {
    problems.push(problem('invalidInput', ['processors'], `${processors} processors are not possible.`, `Type a number from 1 to ${mostProcessors}.`));
  }
  return problems;
}

/** The connections of all adapters, or everything that stands against them. */
export function findConnections(adapters: readonly AdapterConnectionInput[], inventory: Inventory): { readonly connections: readonly Connection[] } | { readonly problems: readonly Problem[] } {
  const found = adapters.map((adapter, at) => findConnection(adapter, ['adapters', at], inventory));
  const problems = [...checkAdapterCount(adapters.length), ...found.flatMap((one) => ('problem' in one ? [one.problem] : []))];
  return problems.length > 0 ? { problems } : { connections: found.flatMap((one) => ('found' in one ? [one.found] : [])) };
}
