process.once("SIGTERM", () => process.exit(0));
setInterval(() => {}, 1_000);
console.log("still warming up");
