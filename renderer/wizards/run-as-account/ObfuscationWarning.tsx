/** Where the system has no key store, a secret is only hidden, not protected (safeStorage's basic_text on Linux). */
import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useProcedure } from '../../bridge/queries.ts';

export function ObfuscationWarning() {
  const { data } = useProcedure('app.info', {});
  if (data?.areSecretsProtected !== false) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>This system has no key store: the secret is only obfuscated in the database. Do not type one that is used elsewhere.</MessageBarBody>
    </MessageBar>
  );
}
