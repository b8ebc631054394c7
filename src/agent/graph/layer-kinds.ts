import { activationLayer } from './activation-layer';
import { denseLayer } from './dense-layer';
import { inputLayer } from './input-layer';
import type { LayerKind } from './layer-kind';

export type LayerKinds = Readonly<Record<string, LayerKind>>;

/** Every kind of layer, by what nodes call it. Another kind is a file and a line here. */
export const layerKinds: LayerKinds = {
  input: inputLayer,
  dense: denseLayer,
  activation: activationLayer,
};

/** The kind of a node. */
export function kindOf({ kind, name }: { readonly kind: string; readonly name: string }, kinds: LayerKinds) {
  const found = kinds[kind];
  if (found === undefined) throw new Error(`The node “${name}” is of a kind that there is not: “${kind}”.`);
  return found;
}
