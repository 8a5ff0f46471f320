-- Drives Neovim with the plug-in in editors/nvim against the real server, on a copy of the seed corpus.
-- Run by nvim.sh, which sets: SCHOLIAST (the server), CORPUS (the copy), HOW ("enable", "setup": by setup() as Neovim
-- 0.10 would), ENCODING (the position encoding that must come out).
--
-- Expected places are searched for in the texts; nothing here counts columns by hand.

local corpus = assert(vim.env.CORPUS)
local encoding = assert(vim.env.ENCODING)
local exit_code ---@type integer?

-- One person in both scripts, as the registry and the texts have him.
local PERSON = "nguyen-thanh-lam"
local PREFERRED = "Nguyễn Thanh Lâm"
local SPELLINGS = { PREFERRED, "Nguyen Thanh Lam", "เหงียน ทันห์ ลัม", "เหงียน ถัน เลิม" }
local FIRST_TEXT = corpus .. "/000_c802a1af4dc9d915.txt"
local MIXED_TEXT = corpus .. "/002_0f625328c3ae7765.txt"

local function step(name)
  io.stdout:write(("  %s\n"):format(name))
end

---@generic T
---@param what string
---@param condition fun(): T?
---@return T
local function wait_for(what, condition)
  local result
  local done = vim.wait(60000, function()
    result = condition()
    return result ~= nil and result ~= false
  end, 20)
  assert(done, "waited in vain for " .. what)
  return result
end

local function open(path)
  vim.cmd.edit(vim.fn.fnameescape(path))
  return vim.api.nvim_get_current_buf()
end

local function attached(buffer)
  return wait_for("the server to attach", function()
    local client = vim.lsp.get_clients({ bufnr = buffer, name = "scholiast" })[1]
    return client and client.initialized and client
  end)
end

local call = require("scholiast.request").call

local function slice(buffer, lnum, col, end_lnum, end_col)
  return table.concat(vim.api.nvim_buf_get_text(buffer, lnum, col, end_lnum, end_col, {}), "\n")
end

--- Puts the cursor inside the first occurrence of a text, a few letters after its beginning.
local function cursor_into(text)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  assert(vim.fn.search("\\C\\V" .. text, "cW") > 0, "the text is not there: " .. text)
  vim.cmd.normal({ "2l", bang = true })
end

--- A position of the server in a buffer.
local function place_of(buffer, position)
  return vim.api.nvim_buf_call(buffer, function()
    return require("scholiast.steps").place(position, encoding)
  end)
end

local function finding(buffer, code, lnum)
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer, { lnum = lnum })) do
    if diagnostic.code == code then
      return diagnostic
    end
  end
end

local function text_of(buffer, diagnostic)
  return slice(buffer, diagnostic.lnum, diagnostic.col, diagnostic.end_lnum, diagnostic.end_col)
end

--- What a hover window shows after the key for it was pressed.
local function hover()
  vim.lsp.buf.hover()
  return wait_for("a hover window", function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= "" then
        local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
        vim.api.nvim_win_close(window, true)
        return table.concat(lines, "\n")
      end
    end
  end)
end

local function references()
  local items
  vim.lsp.buf.references(nil, {
    on_list = function(list)
      items = list.items
    end,
  })
  return wait_for("references", function()
    return items
  end)
end

local function append_line(buffer, line)
  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { line })
  return vim.api.nvim_buf_line_count(buffer) - 1
end

local function without_spaces(text)
  return (text:gsub("%s", ""))
end

-- In this order: the last test ends the server.
local tests = {} ---@type { name: string, run: fun() }[]

local function test(name, run)
  table.insert(tests, { name = name, run = run })
end

test("nothing starts outside a corpus", function()
  local buffer = open(vim.fn.tempname() .. ".txt")
  vim.wait(300)
  assert(#vim.lsp.get_clients({ bufnr = buffer }) == 0, "a server was started for a text outside any corpus")
end)

test("the encoding is negotiated", function()
  local client = attached(open(MIXED_TEXT))
  assert(client.offset_encoding == encoding, "positions are in " .. client.offset_encoding)
  assert(vim.fs.normalize(client.config.root_dir) == corpus, "the root is " .. tostring(client.config.root_dir))
end)

test("findings arrive with right columns", function()
  local buffer = open(MIXED_TEXT)
  local glued = wait_for("the finding on a glued name", function()
    return finding(buffer, "entity/glued-name")
  end)
  local text = text_of(buffer, glued)
  assert(text == PREFERRED or text == "Bp" .. PREFERRED, "the finding is on: " .. text)
end)

test("hover tells who it is", function()
  local buffer = open(FIRST_TEXT)
  attached(buffer)
  for _, spelling in ipairs({ "เหงียน ทันห์ ลัม", "Nguyen Thanh Lam" }) do
    cursor_into(spelling)
    local shown = hover()
    assert(shown:find(PREFERRED, 1, true), "the hover shows: " .. shown)
  end
end)

test("definition leads to the registry", function()
  attached(open(FIRST_TEXT))
  cursor_into("เหงียน ทันห์ ลัม")
  vim.lsp.buf.definition()
  wait_for("the registry to open", function()
    return vim.fs.basename(vim.api.nvim_buf_get_name(0)) == "officials.toml"
  end)
  local line = vim.api.nvim_get_current_line()
  assert(line:find(PREFERRED, 1, true) or line:find("เหงียน ทันห์ ลัม", 1, true), "the cursor is on: " .. line)
  local entry = vim.fn.search("^id = ", "bcnW")
  assert(vim.fn.getline(entry):find(PERSON, 1, true), "the entry is " .. vim.fn.getline(entry))
end)

test("references cover every script and file", function()
  attached(open(FIRST_TEXT))
  cursor_into("เหงียน ทันห์ ลัม")
  local known, found = {}, {}
  for _, spelling in ipairs(SPELLINGS) do
    known[without_spaces(spelling)] = true
  end
  for _, item in ipairs(references()) do
    local buffer = vim.fn.bufadd(item.filename)
    vim.fn.bufload(buffer)
    local from, to = place_of(buffer, item.user_data.range.start), place_of(buffer, item.user_data.range["end"])
    local text = slice(buffer, from[1] - 1, from[2], to[1] - 1, to[2])
    assert(known[without_spaces(text)], ("%s:%d: a reference to: %s"):format(item.filename, item.lnum, text))
    found[("%s:%d:%d"):format(vim.fs.basename(item.filename), item.lnum, item.col)] = true
  end
  -- Every place where a spelling stands letter by letter must be among them.
  for _, file in ipairs(vim.fn.glob(corpus .. "/*.txt", true, true)) do
    for lnum, line in ipairs(vim.fn.readfile(file)) do
      for _, spelling in ipairs(SPELLINGS) do
        local from = line:find(spelling, 1, true)
        while from do
          local place = ("%s:%d:%d"):format(vim.fs.basename(file), lnum, from)
          assert(found[place], "no reference at " .. place)
          from = line:find(spelling, from + 1, true)
        end
      end
    end
  end
end)

test("findings follow edits", function()
  local buffer = open(MIXED_TEXT)
  attached(buffer)
  local glued = wait_for("the finding on a glued name", function()
    return finding(buffer, "entity/glued-name")
  end)
  vim.api.nvim_buf_set_lines(buffer, 0, 0, false, { "😀 ข้อความใหม่" })
  wait_for("the finding to move down with its line", function()
    return finding(buffer, "entity/glued-name", glued.lnum + 1)
  end)

  local line = append_line(buffer, "😀 วันที่ 31 กุมภาพันธ์ 2567")
  local impossible = wait_for("the finding on the typed date", function()
    return finding(buffer, "date/impossible-day", line)
  end)
  local text = text_of(buffer, impossible)
  assert(text:find("31", 1, true) and not text:find("😀", 1, true), "the finding is on: " .. text)

  vim.api.nvim_buf_set_lines(buffer, line, line + 1, false, { "😀 วันที่ 28 กุมภาพันธ์ 2567" })
  wait_for("the finding to go away", function()
    return not finding(buffer, "date/impossible-day", line)
  end)
  vim.cmd.edit({ bang = true })
end)

test("a fix is applied", function()
  local buffer = open(MIXED_TEXT)
  attached(buffer)
  local line = append_line(buffer, "😀 ข่าว Ha\u{200b}noi")
  wait_for("the finding on an invisible character", function()
    return finding(buffer, "text/invisible-character", line)
  end)
  vim.api.nvim_win_set_cursor(0, { line + 1, #"😀 ข่าว Ha" })
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.isPreferred
        and vim.iter(action.diagnostics or {}):any(function(diagnostic)
          return diagnostic.code == "text/invisible-character"
        end)
    end,
  })
  wait_for("the fix", function()
    return vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1] == "😀 ข่าว Hanoi"
  end)
  vim.cmd.edit({ bang = true })
end)

test("an unsaved registry entry is known", function()
  local registry = open(corpus .. "/officials.toml")
  attached(registry)
  vim.api.nvim_buf_set_lines(registry, -1, -1, false, {
    "",
    "[[person]]",
    'id = "new-person"',
    'names.vi = ["Trần Văn Thử"]',
    'names.th = ["เจิ่น วัน ทื้อ"]',
  })
  vim.bo[registry].bufhidden = "hide"
  vim.o.hidden = true
  local buffer = open(FIRST_TEXT)
  attached(buffer)
  vim.api.nvim_buf_set_lines(buffer, 0, 0, false, { "ข่าวของเจิ่น วัน ทื้อ วันนี้" })
  cursor_into("เจิ่น วัน ทื้อ")
  wait_for("the new entry in a hover", function()
    local client = attached(buffer)
    local parameters = vim.lsp.util.make_position_params(0, client.offset_encoding)
    local answer = call(client, "request_sync", "textDocument/hover", parameters, 5000, buffer)
    return vim.json.encode(answer and answer.result or ""):find("Trần Văn Thử", 1, true)
  end)
  vim.cmd.edit({ bang = true })
  vim.cmd.edit({ corpus .. "/officials.toml", bang = true })
end)

test("mentions are coloured", function()
  local buffer = open(FIRST_TEXT)
  attached(buffer)
  cursor_into("เหงียน ทันห์ ลัม")
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  wait_for("the token of a person", function()
    local tokens = vim.lsp.semantic_tokens.get_at_pos(buffer, line - 1, column)
    return tokens and tokens[1] and tokens[1].type == "person"
  end)
  local group = vim.api.nvim_get_hl(0, { name = "@lsp.type.person.text", link = false })
  if vim.tbl_isempty(group) then
    group = vim.api.nvim_get_hl(0, { name = "@lsp.type.person", link = false })
  end
  assert(group.fg, "no colour for a person: " .. vim.inspect(group))
  vim.cmd.colorscheme("habamax")
  assert(vim.api.nvim_get_hl(0, { name = "ScholiastPerson" }).fg, "a colour scheme takes the colours away")
end)

test("a name of several words is completed as a whole", function()
  if not (vim.lsp.completion and vim.lsp.completion.enable) then
    return
  end
  local buffer = open(FIRST_TEXT)
  attached(buffer)
  local line = append_line(buffer, "Nguyễn Tha")
  vim.api.nvim_win_set_cursor(0, { line + 1, 0 })
  vim.o.completeopt = "menuone"
  vim.api.nvim_feedkeys(vim.keycode("A<C-x><C-o>"), "n", false)
  local done
  vim.defer_fn(function()
    vim.api.nvim_feedkeys(vim.keycode("<C-y><Esc>"), "n", false)
    vim.defer_fn(function()
      done = true
    end, 500)
  end, 4000)
  vim.api.nvim_feedkeys("", "x!", false)
  wait_for("the completion", function()
    return done or vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1] ~= "Nguyễn Tha"
  end)
  local text = vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1]
  assert(text == PREFERRED, "the line is: " .. text)
  vim.cmd.edit({ bang = true })
end)

test("the mention under the cursor is listed, stepped to and selected", function()
  local buffer = open(FIRST_TEXT)
  attached(buffer)
  cursor_into("เหงียน ทันห์ ลัม")
  local at = vim.api.nvim_win_get_cursor(0)
  vim.cmd("Scholiast mentions")
  wait_for("the mentions", function()
    return vim.bo.buftype == "quickfix" and #vim.fn.getqflist() > 3
  end)
  vim.cmd.cclose()
  vim.api.nvim_win_set_cursor(0, at)
  require("scholiast.places").select_mention()
  vim.cmd.normal({ '"zy', bang = true })
  local selected = vim.fn.getreg("z")
  assert(without_spaces(selected) == without_spaces("เหงียน ทันห์ ลัม"), "selected: " .. selected)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  vim.cmd("Scholiast next")
  wait_for("the next mention", function()
    local line, column = unpack(vim.api.nvim_win_get_cursor(0))
    return line > 1 or column > 0
  end)
  assert(require("scholiast").status():find("finding", 1, true) or require("scholiast").status():find("%d"))
end)

test("corpora that share a registry have one server", function()
  local top = corpus .. "-shared"
  for _, name in ipairs({ "a", "b", "shared" }) do
    vim.fn.mkdir(top .. "/" .. name, "p")
  end
  for _, name in ipairs({ "a", "b" }) do
    vim.fn.writefile({ "[corpus]", 'registry = ["../shared/officials.toml"]' }, top .. "/" .. name .. "/scholiast.toml")
    vim.fn.writefile({ "ông Lê Văn Bình" }, top .. "/" .. name .. "/text.txt")
  end
  vim.fn.writefile(
    { "version = 1", "[[person]]", 'id = "le-van-binh"', 'names.vi = ["Lê Văn Bình"]' },
    top .. "/shared/officials.toml"
  )
  local registry = attached(open(top .. "/shared/officials.toml"))
  assert(vim.fs.normalize(registry.config.root_dir) == top, "the root is " .. tostring(registry.config.root_dir))
  assert(attached(open(top .. "/a/text.txt")).id == registry.id, "a text has another server than its registry")
  local buffer = open(top .. "/b/text.txt")
  assert(attached(buffer).id == registry.id, "the second corpus has another server than the first")
  cursor_into("Lê Văn Bình")
  local texts = {}
  for _, item in ipairs(references()) do
    if vim.endswith(item.filename, "text.txt") then
      texts[item.filename] = true
    end
  end
  assert(vim.tbl_count(texts) == 2, "mentions of one corpus alone: " .. vim.inspect(texts))
  registry:stop()
end)

test("help is found after :helptags", function()
  local folder = vim.fs.dirname(vim.api.nvim_get_runtime_file("doc/scholiast.txt", false)[1])
  local copy = vim.fn.tempname()
  vim.fn.mkdir(copy .. "/doc", "p")
  vim.fn.writefile(vim.fn.readfile(folder .. "/scholiast.txt"), copy .. "/doc/scholiast.txt")
  vim.cmd.helptags(copy .. "/doc")
  vim.opt.runtimepath:prepend(copy)
  for _, tag in ipairs({ "scholiast", "scholiast.setup()", ":Scholiast", "scholiast-colours", "scholiast.status()" }) do
    vim.cmd.help(tag)
    assert(vim.bo.buftype == "help", "no help for " .. tag)
    vim.cmd.helpclose()
  end
end)

test("the health check is content", function()
  attached(open(MIXED_TEXT))
  vim.cmd.checkhealth("scholiast")
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
  assert(report:find("running for", 1, true), report)
  assert(not report:find("ERROR", 1, true), report)
  vim.cmd.bwipeout({ bang = true })
end)

test("a spelling is renamed everywhere", function()
  local client = attached(open(FIRST_TEXT))
  if not client:supports_method("textDocument/rename") then
    step("  (the server offers no rename)")
    return
  end
  local old, new = "เหงียน ทันห์ ลัม", "เหงียน แทงห์ เลิม"
  cursor_into(old)
  vim.lsp.buf.rename(new)
  wait_for("the text to change", function()
    return vim.fn.search(new, "nw") > 0
  end)
  vim.cmd.wall()
  for _, file in ipairs(vim.fn.glob(corpus .. "/*.{txt,toml}", true, true)) do
    local text = table.concat(vim.fn.readfile(file), "\n")
    assert(not text:find(old, 1, true), "the old spelling is still in " .. file)
  end
end)

--- The text of the window that a command opens, which is closed again.
local function page(command, name)
  vim.cmd(command)
  local buffer = wait_for("the page " .. name, function()
    local found = vim.api.nvim_get_current_buf()
    return vim.api.nvim_buf_get_name(found):find("scholiast://" .. name, 1, true) and found
  end)
  assert(not vim.bo[buffer].modifiable and vim.bo[buffer].buftype == "nofile")
  local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
  vim.cmd.close()
  return text
end

test("a rule is explained, by its code and under the cursor", function()
  local buffer = open(MIXED_TEXT)
  attached(buffer)
  local text = page("Scholiast explain date/impossible-day", "date/impossible-day")
  assert(text:find("# date/impossible-day", 1, true), text)
  local line = append_line(buffer, "😀 ข่าว Ha\u{200b}noi")
  local found = wait_for("the finding on an invisible character", function()
    return finding(buffer, "text/invisible-character", line)
  end)
  vim.api.nvim_win_set_cursor(0, { line + 1, found.col })
  text = page("Scholiast explain", "text/invisible-character")
  assert(text:find("# text/invisible-character", 1, true), text)
  vim.cmd.edit({ bang = true })
end)

test("suggestions and statistics are shown", function()
  local buffer = open(FIRST_TEXT)
  attached(buffer)
  append_line(buffer, "Ông Lê Quang Hòa đến Hà Nội.")
  assert(page("Scholiast suggestions", "suggestions"):find("Lê Quang Hòa", 1, true))
  assert(page("Scholiast suggestions toml", "suggestions"):find("[[person]]", 1, true))
  vim.cmd.edit({ bang = true })
  local text = page("Scholiast statistics", "statistics")
  assert(text:find("| " .. PERSON .. " |", 1, true) and text:find("## Findings by rule", 1, true), text)
  assert(vim.fn.getcompletion("Scholiast re", "cmdline")[1] == "reindex")
  vim.cmd("Scholiast reindex")
end)

test("what the registry lacks is added, told who it is, and refused", function()
  local guests = corpus .. "/guests.txt"
  vim.fn.writefile({ "Mr. Lê Quang Hòa met Mr. Đặng Thái Sơn and Mr. Phan Văn Trị." }, guests)
  attached(open(guests))
  local select, wanted = vim.ui.select, {}
  vim.ui.select = function(items, options, on_choice)
    local words = table.remove(wanted, 1)
    for _, item in ipairs(items) do
      if words and options.format_item(item):find(words, 1, true) then
        return on_choice(item)
      end
    end
    on_choice(nil)
  end
  local function propose(words)
    wanted = words
    vim.cmd("Scholiast propose")
  end
  local function has(file, words)
    return table.concat(vim.fn.readfile(corpus .. "/" .. file), "\n"):find(words, 1, true)
  end
  -- The server hears of a new text a moment later than the disk has it.
  wait_for("a new entry", function()
    propose({ "Lê Quang Hòa", "add it" })
    vim.wait(200)
    return has("officials.toml", 'id = "le-quang-hoa"')
  end)
  local input = vim.ui.input
  vim.ui.input = function(_, on_confirm)
    on_confirm("nguyen manh hung")
  end
  propose({ "Đặng Thái Sơn", "it is somebody", "search for another", "Nguyễn Mạnh Hùng" })
  wait_for("a new spelling", function()
    return has("officials.toml", "Đặng Thái Sơn")
  end)
  vim.ui.input = input
  propose({ "Phan Văn Trị", "never" })
  wait_for("a refusal", function()
    return has("scholiast.toml", 'reject = ["Phan Văn Trị"]')
  end)
  vim.ui.select = select
  vim.fn.delete(guests)
  assert(not has("officials.toml", "Phan Văn Trị"))
end)

test("the count above an entry shows its mentions", function()
  local buffer = open(corpus .. "/officials.toml")
  local client = attached(buffer)
  local document = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
  local lenses = assert(call(client, "request_sync", "textDocument/codeLens", document, 10000, buffer)).result
  local entry = vim.fn.search('"' .. PERSON .. '"', "w") - 1
  local lens = assert(vim.iter(lenses):find(function(lens)
    return lens.range.start.line == entry
  end))
  local resolved = assert(call(client, "request_sync", "codeLens/resolve", lens, 10000, buffer)).result
  -- As the editor does when somebody runs the lens; Neovim 0.10 has no function for it.
  vim.lsp.commands[resolved.command.command](resolved.command, { client_id = client.id, bufnr = buffer })
  wait_for("the mentions", function()
    return vim.bo.buftype == "quickfix" and #vim.fn.getqflist() > 3
  end)
  vim.cmd.cclose()
end)

test("annotations follow the text and are written with it", function()
  local text = corpus .. "/annotated.txt"
  local beside = corpus .. "/annotated.ann"
  vim.fn.writefile({ "สวัสดี Nguyen Van An" }, text)
  vim.fn.writefile({ "T1\tPerson 8 21\tNguyen Van An" }, beside)
  local annotations = open(beside)
  assert(vim.bo[annotations].filetype == "brat")
  attached(annotations)
  -- The server compares: one letter too far.
  wait_for("the finding in the annotations", function()
    return finding(annotations, "annotation/text-mismatch", 0)
  end)
  vim.fn.writefile({ "T1\tPerson 7 20\tNguyen Van An" }, beside)
  vim.cmd.edit({ bang = true })
  wait_for("the finding to go", function()
    return not finding(annotations, "annotation/text-mismatch", 0)
  end)
  vim.o.hidden = true
  local buffer = open(text)
  local server = attached(buffer)
  -- The two files came into the corpus a moment ago: the server reads them first.
  wait_for("the server to know the annotation", function()
    local params = { command = "scholiast.annotations", arguments = { vim.uri_from_bufnr(buffer) } }
    local answer = call(server, "request_sync", "workspace/executeCommand", params, 5000, buffer)
    return answer and answer.result and answer.result.annotations and answer.result.annotations[1]
  end)
  -- Neovim sends what was typed 150 ms later: a text that is saved at once is told of before it has changed.
  vim.api.nvim_buf_set_lines(buffer, 0, 1, false, { "😀 สวัสดี Nguyen Van An" })
  vim.cmd("silent write")
  wait_for("the annotations on the disk", function()
    return vim.fn.readfile(beside)[1] == "T1\tPerson 9 22\tNguyen Van An"
  end)
  -- The buffer of the annotations is read again; what was typed since follows.
  wait_for("the annotations in their buffer", function()
    return vim.api.nvim_buf_get_lines(annotations, 0, 1, false)[1] == "T1\tPerson 9 22\tNguyen Van An"
  end)
  vim.api.nvim_buf_set_text(buffer, 0, 0, 0, 4, { "ข่าว" })
  vim.cmd("silent write")
  wait_for("the annotations on the disk again", function()
    return vim.fn.readfile(beside)[1] == "T1\tPerson 12 25\tNguyen Van An"
  end)
end)

local BRAT = assert(vim.env.BRAT)
local VISIT = BRAT .. "/visit.txt"

--- The annotations of the visit as they stand on the disk.
local function annotations()
  local file = io.open(BRAT .. "/visit.ann")
  local text = file and file:read("*a") or ""
  if file then
    file:close()
  end
  return text
end

local function annotated(wanted)
  return wait_for(wanted .. " in the annotations", function()
    return annotations():find(wanted)
  end)
end

--- Each annotation marks the words that are recorded: code points of the text on the disk.
local function agree()
  local text = table.concat(vim.fn.readfile(VISIT), "\n") .. "\n"
  for line in annotations():gmatch("[^\n]+") do
    local from, to, words = line:match("^T%d+\t%S+ (%d+) (%d+)\t(.*)$")
    if from and vim.fn.strcharpart(text, tonumber(from), tonumber(to) - tonumber(from)) ~= words then
      return false
    end
  end
  return true
end

local function press(keys)
  vim.api.nvim_feedkeys(vim.keycode(keys), "mx", false)
end

--- Chooses the first item of the next list that contains some words.
local function choose(words)
  local select = vim.ui.select
  vim.ui.select = function(items, options, on_choice)
    for _, item in ipairs(items) do
      if options.format_item(item):find(words, 1, true) then
        vim.ui.select = select
        return on_choice(item)
      end
    end
    local all = vim.tbl_map(options.format_item, items)
    error(("no %q among %s"):format(words, vim.inspect(all)))
  end
end

test("an entity is chosen from a list that counts its mentions", function()
  attached(open(FIRST_TEXT))
  local select, rows = vim.ui.select, nil
  vim.ui.select = function(items, options, on_choice)
    rows = vim.tbl_map(options.format_item, items)
    on_choice(items[1])
  end
  vim.cmd("Scholiast entities thanh lam")
  wait_for("the list", function()
    return rows
  end)
  vim.ui.select = select
  assert(rows[1]:find(PREFERRED, 1, true) and rows[1]:find("%d+ mentions in %d+ files"), vim.inspect(rows))
  wait_for("the entry", function()
    return vim.fn.expand("%:t") == "officials.toml" and vim.fn.getline("."):find(PREFERRED, 1, true)
  end)
end)

local function visual(words)
  cursor_into(words)
  vim.cmd.normal({ "2h", bang = true })
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  vim.cmd.normal({ "v", bang = true })
  vim.api.nvim_win_set_cursor(0, { line, column + #words - 1 })
end

test("an annotator works by keys", function()
  local buffer = open(VISIT)
  attached(buffer)
  wait_for("what is recognised", function()
    cursor_into("Trần Văn Bình")
    return #require("scholiast.annotate").types() > 0
  end)
  vim.cmd("Scholiast mode")
  assert(require("scholiast.annotate").is_on(buffer))
  cursor_into("Trần Văn Bình")
  press("P")
  annotated("T1\tPerson 50 63\tTrần Văn Bình\n")
  visual("sông Mê Kông")
  press("R")
  annotated("River %d+ %d+\tsông Mê Kông\n")
  cursor_into("Lê Thị Hoa")
  press("P")
  annotated("\tLê Thị Hoa\n")
  cursor_into("เล ถิ ฮวา")
  press(".")
  annotated("Person %d+ %d+\tเล ถิ ฮวา\n")
  cursor_into("Somsak Jaidee")
  choose("all 2 occurrences")
  press("*")
  annotated("Somsak Jaidee\n.*Somsak Jaidee\n")
  -- A key on an annotation changes its type, and that is taken back.
  cursor_into("sông Mê Kông")
  press("L")
  annotated("Place %d+ %d+\tsông Mê Kông\n")
  press("u")
  annotated("River %d+ %d+\tsông Mê Kông\n")
  assert(agree(), annotations())
  assert(not annotations():find("\n\n"), "empty lines: " .. annotations())
end)

test("what is not linked is gone to and linked", function()
  attached(open(VISIT))
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  press(")")
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  local at = vim.fn.getline(line):sub(column + 1)
  assert(vim.startswith(at, "Trần Văn Bình"), "the cursor is before: " .. at)
  choose("tran-van-binh")
  press("@")
  annotated("Reference T1 registry:tran%-van%-binh\t")
  press(")")
  local input = vim.ui.input
  vim.ui.input = function(_, on_answer)
    vim.ui.input = input
    choose("somsak-jaidee")
    on_answer("ใจดี")
  end
  choose("search for another entry")
  press("@")
  annotated("registry:somsak%-jaidee\t")
  press("(")
  assert(vim.fn.getline("."):sub(vim.fn.col(".")):find("^Somsak Jaidee said") or vim.fn.line(".") > 3)
end)

test("annotations are selected, related and deleted", function()
  local buffer = open(VISIT)
  attached(buffer)
  cursor_into("sông Mê Kông")
  require("scholiast.places").select_annotation()
  vim.cmd.normal({ '"zy', bang = true })
  assert(vim.fn.getreg("z") == "sông Mê Kông", "selected: " .. vim.fn.getreg("z"))
  cursor_into("Trần Văn Bình")
  choose("by `Met` to")
  press(">")
  annotated("R1\tMet Arg1:T1 Arg2:T%d+")
  choose("delete T1")
  press("<BS>")
  wait_for("the annotation to go", function()
    return not annotations():find("Trần Văn Bình\n", 1, true) and not annotations():find("R1\t", 1, true)
  end)
  press("<Esc>")
  assert(not require("scholiast.annotate").is_on(buffer))
end)

test("what is typed and annotated before a save is saved together", function()
  local buffer = open(VISIT)
  attached(buffer)
  vim.api.nvim_buf_set_text(buffer, 0, 0, 0, 0, { "😀 Bản ghi: " })
  cursor_into("Chiang Rai")
  vim.cmd("Scholiast annotate Place")
  wait_for("the annotation in its buffer", function()
    local beside = vim.fn.bufnr(BRAT .. "/visit.ann")
    local text = table.concat(vim.api.nvim_buf_get_lines(beside, 0, -1, false), "\n")
    return text:find("Chiang Rai", 1, true)
  end)
  assert(not annotations():find("Chiang Rai", 1, true), "nothing is written before the text is saved")
  vim.api.nvim_buf_set_text(buffer, 0, 0, 0, 0, { "x" })
  vim.cmd("silent write")
  wait_for("both files to agree", function()
    return annotations():find("\tChiang Rai\n", 1, true) and agree()
  end)
  wait_for("the buffer to be what is on the disk", function()
    local beside = vim.fn.bufnr(BRAT .. "/visit.ann")
    local text = table.concat(vim.api.nvim_buf_get_lines(beside, 0, -1, false), "\n") .. "\n"
    return text == annotations() and not vim.bo[beside].modified
  end)
end)

test("the server is restarted", function()
  local buffer = open(MIXED_TEXT)
  local old = attached(buffer).id
  vim.cmd("Scholiast restart")
  wait_for("another server", function()
    local client = vim.lsp.get_clients({ bufnr = buffer, name = "scholiast" })[1]
    return client and client.initialized and client.id ~= old
  end)
  exit_code = nil
end)

test("the server ends cleanly", function()
  local client = attached(open(MIXED_TEXT))
  client:stop()
  wait_for("the server to end", function()
    return exit_code
  end)
  assert(exit_code == 0, "the server ended with " .. exit_code)
end)

local function start_plugin()
  local options = {
    cmd = { vim.env.SCHOLIAST, "lsp" },
    on_exit = function(code)
      exit_code = code
    end,
  }
  if vim.env.HOW == "setup" then
    vim.lsp.enable = nil
  elseif encoding == "utf-16" then
    options.capabilities = { general = { positionEncodings = { "utf-16" } } }
  end
  require("scholiast").setup(options)
end

vim.o.swapfile = false
start_plugin()
local passed, failed = 0, 0
for _, each in ipairs(tests) do
  step(each.name)
  local ok, problem = xpcall(each.run, debug.traceback)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    step("  FAILED: " .. problem)
    vim.cmd("silent! %bwipeout!")
  end
end
io.stdout:write(("%d passed, %d failed\n"):format(passed, failed))
vim.cmd(failed == 0 and "qall!" or "cquit 1")
