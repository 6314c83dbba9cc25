import { useCallback, useState, type PointerEvent } from 'react';

export interface Offset {
  readonly x: number;
  readonly y: number;
}

interface DragOptions {
  readonly initial: Offset;
  /** Keeps the result where it can be reached again. */
  readonly clamp: (offset: Offset) => Offset;
}

/** Pointer dragging of a window by its title, or of its size by a corner. Buttons inside the handle stay buttons. */
export function useDrag({ initial, clamp }: DragOptions) {
  const [offset, setOffset] = useState(initial);
  const onPointerDown = useCallback(
    (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button') !== null)) return;
      const handle = event.currentTarget;
      const start = { x: event.clientX - offset.x, y: event.clientY - offset.y };
      const move = (moved: globalThis.PointerEvent) => setOffset(clamp({ x: moved.clientX - start.x, y: moved.clientY - start.y }));
      const end = () => {
        handle.removeEventListener('pointermove', move);
        handle.removeEventListener('pointerup', end);
        handle.removeEventListener('pointercancel', end);
      };
      handle.setPointerCapture(event.pointerId);
      handle.addEventListener('pointermove', move);
      handle.addEventListener('pointerup', end);
      handle.addEventListener('pointercancel', end);
    },
    [offset, clamp],
  );
  return { offset, setOffset, onPointerDown };
}
