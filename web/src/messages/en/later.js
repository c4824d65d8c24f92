// English: everything but the first screen.

export default {};
