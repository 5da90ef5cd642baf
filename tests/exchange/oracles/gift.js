// Reads GIFT on standard input with gift-pegjs and prints what it understood as JSON.
// Run with NODE_PATH set to the folder that holds gift-pegjs.
const { parse } = require("gift-pegjs");

let text = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (part) => { text += part; });
process.stdin.on("end", () => {
  try {
    process.stdout.write(JSON.stringify(parse(text)));
  } catch (error) {
    const at = error.location ? ` at line ${error.location.start.line}` : "";
    process.stderr.write(`${error.message}${at}\n`);
    process.exit(1);
  }
});
