import { checkPackages } from "./packed.ts";

const problems = await checkPackages();
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
