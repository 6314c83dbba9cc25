import { useSubscription } from '../../bridge/queries.ts';
import { ErrorState, LoadingState } from '../shared/states.tsx';
import { CompartmentContent } from './CompartmentContent.tsx';

/** One compartment with all that it holds. */
export function WholeCompartment({ networkServiceId, compartmentId }: { readonly networkServiceId: string; readonly compartmentId: number }) {
  const { data, error } = useSubscription('gateway.compartments', { id: networkServiceId, compartments: [compartmentId] });
  if (error !== undefined) return <ErrorState error={error} />;
  const [compartment] = data?.compartments ?? [];
  return compartment === undefined ? <LoadingState what="the compartment" /> : <CompartmentContent compartment={compartment} />;
}
