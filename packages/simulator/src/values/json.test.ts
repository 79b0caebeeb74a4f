import { describe, expect, it } from "vitest";
import { NumberText, parseJson, writeJson } from "./json.ts";

describe("JSON with exact numbers", () => {
  it("writes numbers exactly as they were read", () => {
    const text = '{"id":9007199254740993,"amounts":[29.950,-1e2],"name":"Zürich","none":null}';
    expect(writeJson(parseJson(text))).toBe(text);
  });

  it("keeps the difference between a number and its digits in a string", () => {
    expect(parseJson('["1",1]')).toEqual(["1", new NumberText("1")]);
  });

  it("leaves out what is undefined and refuses what is not JSON", () => {
    expect(writeJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(() => parseJson("{a:1}")).toThrow(SyntaxError);
  });

  it("reads a member named __proto__ as data", () => {
    const parsed = parseJson('{"__proto__":{"polluted":true}}');
    expect(Object.keys(parsed as object)).toEqual(["__proto__"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
