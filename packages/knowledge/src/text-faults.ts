import { languages, type Texts } from "./language.ts";

const placeholder = /\b(TODO|TBD|FIXME|XXX|Lorem|undefined|null|NaN)\b|\?\?|[{}]|\[object/;

/** What is wrong with a text in four languages; empty when nothing is. For the tests of this package. */
export function findTextFaults(name: string, texts: Texts): readonly string[] {
  const faults = languages.flatMap((language) => {
    const text = texts[language];
    return [
      ...(text.trim() === text && text.length > 2 ? [] : [`${name}.${language} is empty or has spaces around it`]),
      ...(text.includes("ß") ? [`${name}.${language} has an ß`] : []),
      ...(placeholder.test(text) ? [`${name}.${language} has a placeholder`] : []),
      ...(/ {2}|\t| \n|'/.test(text) ? [`${name}.${language} has doubled spaces or a typewriter's apostrophe`] : []),
    ];
  });
  const different = new Set(languages.map((language) => texts[language])).size;
  return different === languages.length ? faults : [...faults, `${name} is the same in two languages`];
}
