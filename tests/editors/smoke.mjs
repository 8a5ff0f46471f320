// The least that must work in VS Code: the packaged extension starts the server, and its findings, hovers and views are
// there. For every day; whatever else is in the other parts.

import { writeFileSync } from "node:fs";
import path from "node:path";
import { command, cursorInto, hovered, open, openFolder, problem, rows, setting, test, unfold } from "./workbench.mjs";

const { SCHOLIAST, SMOKE } = process.env;

const TEXT = "On 31 April 2024 Trần Văn Bình came to Huế. วันต่อมา เจิ่น วัน บิ่ญ กลับ\n";
const REGISTRY = `version = 1

[[person]]
id = "tran-van-binh"
names.vi = ["Trần Văn Bình"]
names.th = ["เจิ่น วัน บิ่ญ"]
`;

export async function smoke() {
  const files = { "scholiast.toml": "", "registry.toml": REGISTRY, "visit.txt": TEXT };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(SMOKE, name), content);
  }
  setting({ "scholiast.path": SCHOLIAST });
  await openFolder(SMOKE);

  await test("findings are shown", async () => {
    await open("visit.txt");
    await (await problem("date/impossible-day")).waitFor();
  });

  await test("a name in another script has a hover", async () => {
    await open("visit.txt");
    await cursorInto("เจิ่น วัน บิ่ญ");
    await hovered("Trần Văn Bình");
  });

  await test("the side bar has the person with both mentions", async () => {
    await command("View: Show scholiast");
    await unfold(rows("People", "Entities").first());
    await rows("Trần Văn Bình", "Entities").and(rows("2", "Entities")).first().waitFor();
  });
}
