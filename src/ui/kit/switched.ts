/** Hands on how a switch stands after a person moved it, which is what they mean, whatever is shown by then. */
export function switched(take: (on: boolean) => void): (event: Event) => void {
  return ({ currentTarget }) => {
    if (currentTarget instanceof HTMLInputElement) take(currentTarget.checked);
  };
}
