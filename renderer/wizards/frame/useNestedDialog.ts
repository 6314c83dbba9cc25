/** A dialog over a dialog. It stays mounted while it is closed: taken away open, it would leave the one below hidden from the keyboard. */
import { useRef, useState } from 'react';

export interface NestedDialog {
  readonly isOpen: boolean;
  readonly open: () => void;
  /** Puts the focus back where it was. */
  readonly close: () => void;
}

/** Longer than the closing animation, during which the lower dialog cannot take the focus. */
const closingMs = 300;

export function useNestedDialog(): NestedDialog {
  const [isOpen, setOpen] = useState(false);
  const before = useRef<Element | null>(null);
  return {
    isOpen,
    open: () => {
      before.current = document.activeElement;
      setOpen(true);
    },
    close: () => {
      setOpen(false);
      setTimeout(() => {
        if (before.current instanceof HTMLElement) before.current.focus();
      }, closingMs);
    },
  };
}
