import commands from "../../vectors/commands.json" with { type: "json" };
import show from "../../vectors/show.json" with { type: "json" };

export type Examples = Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;

/** Those of the vectors for other languages, which are tested. */
export function readExamples(): {
  readonly commands: Examples;
  readonly messages: Examples;
  readonly answers: Examples;
} {
  return {
    commands: toExamples(commands.valid.map((value) => ({ name: value.kind, value }))),
    messages: toExamples(show.messages.map(({ name, message }) => ({ name, value: message }))),
    answers: toExamples(show.answers.map((value) => ({ name: value.kind, value }))),
  };
}

/** Numbered, since several may have one name. */
function toExamples(values: readonly { readonly name: string; readonly value: unknown }[]): Examples {
  return Object.fromEntries(values.map(({ name, value }, index) => [String(index + 1), { summary: name, value }]));
}
