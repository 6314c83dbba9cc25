/** Short messages at the corner of the window: what was done, or what went wrong with something that has no place of its own. */
import { Link, Toast, ToastBody, Toaster, ToastFooter, ToastTitle, ToastTrigger, useToastController } from '@fluentui/react-components';
import { useMemo } from 'react';
import { ConsoleError } from '../../shared/contract/errors.ts';

const toasterId = 'hnv-messages';

export interface Notify {
  readonly success: (title: string, text: string) => void;
  readonly error: (error: unknown) => void;
  /** Something went wrong by itself; `action` leads to it. */
  readonly failure: (title: string, text: string, action: { readonly label: string; readonly run: () => void }) => void;
}

export function useNotify(): Notify {
  const { dispatchToast } = useToastController(toasterId);
  return useMemo(
    () => ({
      success: (title, text) => dispatchToast(message(title, text), { intent: 'success', timeout: 6000 }),
      error: (error) => {
        const { title, text } = describeError(error);
        // An error stays until it is read.
        dispatchToast(message(title, text), { intent: 'error', timeout: -1 });
      },
      failure: (title, text, action) => dispatchToast(message(title, text, action), { intent: 'error', timeout: -1 }),
    }),
    [dispatchToast],
  );
}

function message(title: string, text: string, action?: { readonly label: string; readonly run: () => void }) {
  const dismiss = (
    <ToastTrigger>
      <Link>Dismiss</Link>
    </ToastTrigger>
  );
  return (
    <Toast>
      <ToastTitle action={dismiss}>{title}</ToastTitle>
      <ToastBody>{text}</ToastBody>
      {action !== undefined && (
        <ToastFooter>
          <ToastTrigger>
            <Link onClick={action.run}>{action.label}</Link>
          </ToastTrigger>
        </ToastFooter>
      )}
    </Toast>
  );
}

function describeError(error: unknown): { readonly title: string; readonly text: string } {
  if (error instanceof ConsoleError) return { title: error.message, text: `${error.recommendedAction} Error (${error.code})` };
  return { title: 'The console met an unexpected error.', text: error instanceof Error ? error.message : String(error) };
}

export function Messages() {
  return <Toaster toasterId={toasterId} position="bottom-end" pauseOnHover />;
}
