/** A VM template as audit records name its properties. */
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { VmTemplate } from '../../store/inventory/library.ts';
import { connectionText, type Connection } from './connections.ts';

export function templateProperties(template: VmTemplate, connections: readonly Connection[], inventory: Inventory): Readonly<Record<string, string>> {
  return {
    Name: template.name,
    Description: template.description,
    VirtualHardDisk: inventory.library.image(template.libraryImageId).name,
    Generation: String(template.generation),
    MemoryMB: String(template.memoryMb),
    CPUCount: String(template.processors),
    VirtualNetworkAdapters: connections.map(connectionText).join(', '),
  };
}
