/** Which choices of the page Advanced work together on a multitenant gateway. RECALL from Windows's IPsec: data, easy to correct. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { VpnConnectionInput } from '../../../shared/contract/connectivity.ts';

/** Site-to-site interfaces of a multitenant gateway speak this only; VMM lists more. */
const gatewayProtocols: readonly string[] = ['IKEv2'];

const galoisCounterMode = /^GCM/u;

/** Everything that cannot work, at once. */
export function proposalProblems(input: VpnConnectionInput, path: readonly (string | number)[]): Problem[] {
  const { name, protocol, cipherTransform, authenticationTransform, pfsGroup, dhGroup } = input;
  const problems: Problem[] = [];
  if (!gatewayProtocols.includes(protocol)) {
    problems.push(problem('proposalInvalid', [...path, 'protocol'], `VPN connection ${name} asks for ${protocol}; a multitenant gateway makes site-to-site tunnels with IKEv2 only.`, 'Choose IKEv2.'));
  }
  if ((galoisCounterMode.test(cipherTransform) || galoisCounterMode.test(authenticationTransform)) && cipherTransform !== authenticationTransform) {
    const wanted = galoisCounterMode.test(cipherTransform) ? cipherTransform : 'an authentication transform other than GCM';
    problems.push(
      problem(
        'proposalInvalid',
        [...path, 'authenticationTransform'],
        `VPN connection ${name} has cipher transform ${cipherTransform} with authentication transform ${authenticationTransform}; a GCM cipher authenticates by itself and goes with the transform of the same name only.`,
        galoisCounterMode.test(cipherTransform) ? `Choose ${wanted} as authentication transform.` : `Choose ${wanted}, or the cipher transform ${authenticationTransform}.`,
      ),
    );
  }
  if (dhGroup === 'None') {
    problems.push(problem('proposalInvalid', [...path, 'dhGroup'], `VPN connection ${name} has no Diffie-Hellman group; IKEv2 cannot agree on keys without one (RFC 7296 section 1.2).`, 'Choose a group, for instance Group2.'));
  }
  if (pfsGroup === 'PFSMM' && protocol === 'IKEv2') {
    problems.push(problem('proposalInvalid', [...path, 'pfsGroup'], `VPN connection ${name} has PFS group PFSMM, which takes the keys of a main mode anew; IKEv2 has none.`, 'Choose a group of its own, for instance PFS2048.'));
  }
  return problems;
}
