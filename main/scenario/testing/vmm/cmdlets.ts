/** The cmdlets that the interpreter knows, each as what it does to the lab. A script with another one fails its test. */
import { connectivityCmdlets } from './connectivityCmdlets.ts';
import { fabricCmdlets } from './fabricCmdlets.ts';
import { machineCmdlets } from './machineCmdlets.ts';
import type { Arguments, Value } from './values.ts';
import type { Vmm } from './vmm.ts';

export type Cmdlet = (args: Arguments, vmm: Vmm) => Value | undefined | Promise<Value | undefined> | Promise<void>;

export const cmdlets: Readonly<Record<string, Cmdlet>> = { ...fabricCmdlets, ...machineCmdlets, ...connectivityCmdlets };
