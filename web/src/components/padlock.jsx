import './padlock.css';

/** Beside what a lesson has locked; for the eye alone, since the control says itself that it is disabled, and why. */
export const Padlock = () => (
  <svg class="padlock" viewBox="0 0 12 14" aria-hidden="true">
    <path d="M3 6V4a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" stroke-width="1.6" />
    <rect x="1.2" y="6" width="9.6" height="7" rx="1.4" fill="currentColor" />
  </svg>
);
