/** An answer lacks what a success has. The message continues "the answer". */
export class Incomplete extends Error {}
