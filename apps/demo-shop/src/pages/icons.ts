import { html, raw } from "hono/html";

const shapes = {
  brand:
    '<path d="M2 25 12.5 7l5 8.5L20.5 11 30 25Z" fill="currentColor"/><path d="m9.2 12.7 3.3-5.7 3.2 5.4-2.2 1.9-1.7-1.7Z" fill="var(--paper)"/><circle cx="25" cy="7" r="2.6" fill="var(--sun)"/>',
  cart: '<path d="M4 6h3l3 15h14l3-11H8.5" class="line"/><circle cx="12" cy="26" r="2" fill="currentColor"/><circle cx="22" cy="26" r="2" fill="currentColor"/>',
  check: '<path d="m7 17 6 6L25 10" class="line"/>',
  clock: '<circle cx="16" cy="16" r="11" class="line"/><path d="M16 9v7l5 3" class="line"/>',
  alert:
    '<path d="M16 5 29 27H3Z" class="line"/><path d="M16 13v6" class="line"/><circle cx="16" cy="23" r="1.5" fill="currentColor"/>',
  cross: '<path d="m9 9 14 14M23 9 9 23" class="line"/>',
  lock: '<rect x="7" y="14" width="18" height="13" rx="2" class="line"/><path d="M11 14v-4a5 5 0 0 1 10 0v4" class="line"/>',
  parcel: '<path d="M5 10 16 5l11 5v12l-11 5-11-5Zm0 0 11 5 11-5M16 15v12" class="line"/>',
  back: '<path d="M6 14h14a6 6 0 0 1 0 12h-5M6 14l5-5M6 14l5 5" class="line"/>',
} as const;
export type IconName = keyof typeof shapes;

/** A small picture beside a text that says the same: hidden from screen readers. */
export function icon(name: IconName): ReturnType<typeof html> {
  return html`<svg class="icon" viewBox="0 0 32 32" aria-hidden="true" focusable="false">${raw(shapes[name])}</svg>`;
}
