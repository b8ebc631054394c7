/** Blue and orange differ for every kind of colour vision, and in brightness too. */
export const seatColours = [
  { main: '#3f9ae8', dark: '#1f5fae', light: '#a9dcff', hex: 0x5cb8f2 },
  { main: '#f08a24', dark: '#b3540c', light: '#ffd79a', hex: 0xf9ac38 },
] as const;
export const tameHex = 0xd8dce8;
export const night = { top: '#0a1026', low: '#262a5c', wall: '#2b2f5e', wallDark: '#1c2048' } as const;
