import { useState } from 'react';

/** The last value that was there: a subscription that was asked for something else has nothing for a moment, and what stands on the screen stays. */
export function useKept<T>(value: T | undefined): T | undefined {
  const [kept, setKept] = useState(value);
  if (value !== undefined && value !== kept) setKept(value);
  return value ?? kept;
}
