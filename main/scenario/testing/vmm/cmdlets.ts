/** The cmdlets that the interpreter knows, each as what it does to the lab. A script with another one fails its test. */
import { changeCmdlets } from './changeCmdlets.ts';
import { connectivityCmdlets } from './connectivityCmdlets.ts';
import { fabricCmdlets } from './fabricCmdlets.ts';
import { machineCmdlets } from './machineCmdlets.ts';
import { netNatCmdlets } from './netNatCmdlets.ts';
import { switchCmdlets } from './switchCmdlets.ts';
import type { Cmdlet } from './vmm.ts';

export const cmdlets: Readonly<Record<string, Cmdlet>> = { ...fabricCmdlets, ...machineCmdlets, ...connectivityCmdlets, ...netNatCmdlets, ...switchCmdlets, ...changeCmdlets };
