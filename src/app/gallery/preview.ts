/** A game that goes on in a card. */
export interface Preview {
  /** Resolves once it is drawn. */
  readonly drawn: Promise<void>;
  end(): void;
}
