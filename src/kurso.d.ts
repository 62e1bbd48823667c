// The types of <kurso-player>, for who uses the package: docs/embedding.md says what each of these means.

/** Marks earned out of marks possible. */
export interface Score {
  right: number;
  of: number;
}

/** What a `<kurso-player>` tells. All of these bubble and are composed. */
export interface KursoPlayerEventMap {
  'kurso-ready': CustomEvent<{ course: string }>;
  'kurso-start': CustomEvent<Record<string, never>>;
  'kurso-answer': CustomEvent<{ exercise: string; correct: boolean; score: Score; attempt: number }>;
  'kurso-step': CustomEvent<{ step: string }>;
  'kurso-complete': CustomEvent<{ step: string } | { module: string; score: Score; passed: boolean }>;
  'kurso-error': CustomEvent<{ reason: 'start'; message: string } | { reason: 'stopped' }>;
}

/** A course in a page. `no-header`, `no-outline` and `no-foot` are attributes only. */
export interface KursoPlayer extends HTMLElement {
  src: string | null;
  step: string | null;
  exercise: string | null;
  theme: 'light' | 'dark' | null;
  storage: 'none' | null;
  /** All progress as JSON. */
  export(): Promise<string>;
  /** Adds such progress, and resolves with whether it is of this course. */
  import(json: string): Promise<boolean>;
  /** Forgets all progress in this course. */
  reset(): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    'kurso-player': KursoPlayer;
  }
  // They bubble, so whatever is around may listen.
  interface GlobalEventHandlersEventMap extends KursoPlayerEventMap {}
}
