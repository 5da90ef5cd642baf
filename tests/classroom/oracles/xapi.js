// Reads xAPI statements (a JSON list) on standard input; prints what is wrong with each, as JSON.
// Run with NODE_PATH set to the folder that holds @learninglocker/xapi-validation.
const complaintsAbout = require("@learninglocker/xapi-validation").default;

let text = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (part) => { text += part; });
process.stdin.on("end", () => {
  const found = JSON.parse(text).map((one) => complaintsAbout(one).map(String));
  process.stdout.write(JSON.stringify(found));
});
