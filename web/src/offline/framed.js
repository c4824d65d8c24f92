/** The page is shown inside another page. There it has no shared memory, as a rule, and must not reload itself. */
export const framed = window.parent !== window;
