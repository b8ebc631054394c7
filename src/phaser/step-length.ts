/** Every step is one sixtieth of a second, whatever the display does: trained, shown and shipped alike. */
export const stepMs = 1000 / 60;
