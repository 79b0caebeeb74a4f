import { fileURLToPath } from "node:url";
import { startProgram } from "../../programs.ts";

const file = fileURLToPath(new URL("serves.ts", import.meta.url));
const program = await startProgram({ name: "the child", file, environment: { GREETING: "hello" } });
process.stdout.write(program.url);
process.kill(process.pid, "SIGKILL");
