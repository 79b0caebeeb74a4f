/** Thrown to end a connection without an answer, as a broken network does. */
export class CutConnection extends TypeError {
  override readonly name = "CutConnection";
  constructor() {
    super("The simulator cut the connection");
  }
}
