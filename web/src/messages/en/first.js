// English: what stands on the first screen.

export default {};
