-- `:Scholiast …`: pages are shown in a scratch buffer, places in the quickfix list.

local M = {}

local request = require("scholiast.request")
local warn = request.warn

--- Has the server do something and hands on what it answers.
---@param command string
---@param arguments any[]
---@param on_answer fun(answer: any)
local function execute(command, arguments, on_answer)
  local server = request.any()
  if not server then
    return
  end
  request.ask(server, "workspace/executeCommand", { command = command, arguments = arguments }, on_answer)
end

--- Shows a text in a window of its own; the same page is shown in the same buffer.
---@param name string
---@param text string
---@param filetype string
local function show(name, text, filetype)
  name = "scholiast://" .. name
  local buffer = vim.fn.bufnr("^" .. vim.fn.escape(name, "[]*?\\") .. "$")
  if buffer == -1 then
    buffer = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(buffer, name)
    vim.bo[buffer].bufhidden = "wipe"
  end
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split((text:gsub("\n$", "")), "\n", { plain = true }))
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].filetype = filetype
  local window = vim.fn.bufwinid(buffer)
  if window ~= -1 then
    vim.api.nvim_set_current_win(window)
  else
    vim.cmd.sbuffer(buffer)
  end
end

---@return any uri of the current buffer's file, or what the server takes for none
local function document()
  local file = vim.api.nvim_buf_get_name(0)
  local is_file = vim.bo.buftype == "" and file ~= "" and request.client() ~= nil
  return is_file and vim.uri_from_bufnr(0) or vim.NIL
end

---@return string? code of the finding under the cursor, else of one in its line
local function code_here()
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  local in_line
  for _, finding in ipairs(vim.diagnostic.get(0, { lnum = line - 1 })) do
    if finding.source == request.NAME then
      in_line = in_line or finding.code
      if finding.col <= column and column < math.max(finding.end_col, finding.col + 1) then
        return finding.code
      end
    end
  end
  return in_line
end

local function explain(code)
  execute("scholiast.explain", { code }, function(page)
    show(code, page, "markdown")
  end)
end

--- Stops every server and has each of its buffers start one again.
local function restart()
  for _, server in ipairs(vim.lsp.get_clients({ name = request.NAME })) do
    local buffers = vim.lsp.get_buffers_by_client_id(server.id)
    request.call(server, "stop")
    -- A buffer gets a new server when the old one is gone.
    local function start(tries)
      if vim.lsp.get_client_by_id(server.id) and tries > 0 then
        return vim.defer_fn(function()
          start(tries - 1)
        end, 50)
      end
      for _, buffer in ipairs(vim.tbl_filter(vim.api.nvim_buf_is_loaded, buffers)) do
        vim.api.nvim_exec_autocmds("FileType", { buffer = buffer, modeline = false })
      end
    end
    start(200)
  end
end

local STATES = { "new", "in-work", "done", "reviewed" }

---@type table<string, fun(argument?: string)>
local commands = {
  explain = function(code)
    code = code or code_here()
    if code then
      return explain(code)
    end
    execute("scholiast.explain", {}, function(rules)
      vim.ui.select(rules, {
        prompt = "Rule",
        format_item = function(rule)
          return ("%s (%s): %s"):format(rule.code, rule.severity, rule.summary)
        end,
      }, function(rule)
        if rule then
          explain(rule.code)
        end
      end)
    end)
  end,
  suggestions = function(format)
    format = format or "text"
    execute("scholiast.suggestions", { document(), format }, function(text)
      local filetypes = { toml = "toml", jsonl = "json" }
      show("suggestions", text, filetypes[format] or "text")
    end)
  end,
  propose = function()
    require("scholiast.proposals").propose()
  end,
  statistics = function()
    execute("scholiast.statistics", { document(), "markdown" }, function(page)
      show("statistics", page, "markdown")
    end)
  end,
  mentions = function()
    require("scholiast.places").mentions()
  end,
  entities = function(query)
    require("scholiast.places").entities(query)
  end,
  review = function()
    require("scholiast.places").review()
  end,
  next = function()
    require("scholiast.places").step(1)
  end,
  previous = function()
    require("scholiast.places").step(-1)
  end,
  annotate = function(kind)
    require("scholiast.annotate").annotate(kind)
  end,
  mode = function()
    require("scholiast.annotate").toggle()
  end,
  link = function(query)
    require("scholiast.linking").link(query)
  end,
  unlinked = function(which)
    require("scholiast.linking").step(which == "previous" and -1 or 1)
  end,
  undo = function()
    require("scholiast.annotate").undo()
  end,
  all = function()
    require("scholiast.annotate").offer({ "annotate-all" })
  end,
  relation = function()
    require("scholiast.annotate").offer({ "relation" })
  end,
  delete = function()
    require("scholiast.annotate").offer({ "delete" })
  end,
  state = function(state)
    local here = document()
    if here == vim.NIL then
      return warn("open a text of the corpus first")
    end
    local function set(chosen)
      if chosen then
        execute("scholiast.setState", { here, chosen }, function(now)
          vim.notify(("scholiast: %s is %s now"):format(now.path, now.state))
        end)
      end
    end
    if state then
      return set(state)
    end
    vim.ui.select(STATES, { prompt = "State" }, set)
  end,
  states = function(only)
    execute("scholiast.states", { document() }, function(answer)
      local items = {}
      for _, one in ipairs(answer.documents) do
        if not only or one.state == only then
          local by = one.by and ("%s, %s"):format(one.by, one.when:sub(1, 10)) or ""
          table.insert(items, { filename = vim.uri_to_fname(one.uri), lnum = 1, text = one.state .. "  " .. by })
        end
      end
      if #items == 0 then
        return vim.notify("scholiast: no such document")
      end
      vim.fn.setqflist({}, " ", { title = "Documents by state", items = items })
      vim.cmd.copen()
    end)
  end,
  differences = function()
    require("scholiast.differences").list()
  end,
  difference = function(which)
    require("scholiast.differences").step(which == "previous" and -1 or 1)
  end,
  reindex = function()
    execute("scholiast.reindex", {}, function() end)
  end,
  restart = function()
    restart()
  end,
}

--- Runs `:Scholiast`.
---@param call { fargs: string[] }
function M.run(call)
  local command = commands[call.fargs[1]]
  if not command then
    return warn(("there is no `:Scholiast %s`"):format(call.fargs[1]))
  end
  command(call.fargs[2] and table.concat(call.fargs, " ", 2))
end

--- Completes the command line of `:Scholiast`.
---@param line string
---@return string[]
function M.complete(line)
  local words = vim.split(line, "%s+")
  local known = vim.tbl_keys(commands)
  if #words > 2 then
    local answers = {
      suggestions = function()
        return { "text", "toml", "jsonl" }
      end,
      state = function()
        return vim.deepcopy(STATES)
      end,
      states = function()
        return vim.deepcopy(STATES)
      end,
      difference = function()
        return { "next", "previous" }
      end,
      unlinked = function()
        return { "next", "previous" }
      end,
      annotate = function()
        return require("scholiast.annotate").types()
      end,
    }
    known = answers[words[2]] and answers[words[2]]() or {}
  end
  table.sort(known)
  return vim.tbl_filter(function(word)
    return vim.startswith(word, words[#words])
  end, known)
end

--- Shows the mentions of an entry: the command of its lens.
---@param command lsp.Command
---@param context { client_id: integer }
function M.show_references(command, context)
  local server = vim.lsp.get_client_by_id(context.client_id)
  if not server then
    return
  end
  local uri, position = unpack(command.arguments)
  local params = { textDocument = { uri = uri }, position = position, context = { includeDeclaration = false } }
  request.ask(server, "textDocument/references", params, function(places)
    local items = vim.lsp.util.locations_to_items(places or {}, server.offset_encoding)
    vim.fn.setqflist({}, " ", { title = command.title, items = items })
    vim.cmd.copen()
  end)
end

return M
