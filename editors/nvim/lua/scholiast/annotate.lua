-- Annotating: what can be done with a selection, or with the mention under the cursor, and the edits that do it are the
-- server's code actions of the kind `refactor.rewrite.annotation`. In the annotate mode a key does one of them.

local M = {}

local companions = require("scholiast.companions")
local request = require("scholiast.request")
local client, needed = request.client, request.needed
local warn, ask = request.warn, request.ask_at_once

local KIND = "refactor.rewrite.annotation"
-- Types without a key in `kb_shortcuts.conf` get these, in order.
local DIGITS = { "1", "2", "3", "4", "5", "6", "7", "8", "9" }

---@class scholiast.Deed what a code action does, as the server says in its data
---@field deed string
---@field type string? of a new or changed annotation
---@field entry string? the entry that is linked to
---@field key string? the key that `kb_shortcuts.conf` gives the type

---@class scholiast.Choice
---@field deed scholiast.Deed
---@field action lsp.CodeAction

---@type scholiast.Deed? the last thing that was done
local last
---@type table<integer, integer>[] the buffers that each deed has changed, with their ticks then
local done = {}
---@type table<integer, string[]> the keys of the mode, by buffer
local modes = {}

--- The range of a request: from one (line, column) to another as marks have them, the end included.
---@param server vim.lsp.Client
---@param from integer[]
---@param to integer[]
local function range(server, from, to)
  return vim.lsp.util.make_given_range_params(from, to, 0, server.offset_encoding)
end

--- The range of the visual selection, else of the cursor.
---@param server vim.lsp.Client
function M.range_here(server)
  local mode = vim.fn.mode()
  if not mode:find("^[vV\22]") then
    return vim.lsp.util.make_range_params(0, server.offset_encoding)
  end
  local from, to = vim.fn.getpos("v"), vim.fn.getpos(".")
  if from[2] > to[2] or (from[2] == to[2] and from[3] > to[3]) then
    from, to = to, from
  end
  if mode == "V" then
    from[3], to[3] = 1, #vim.fn.getline(to[2])
  end
  return range(server, { from[2], from[3] - 1 }, { to[2], to[3] - 1 })
end

---@param server vim.lsp.Client
---@param params table
---@return scholiast.Choice[]
local function choices(server, params)
  params.context = { diagnostics = {}, only = { KIND } }
  local found = {}
  for _, action in ipairs(ask(server, "textDocument/codeAction", params) or {}) do
    local deed = type(action.data) == "table" and action.data.deed
    if type(deed) == "string" then
      table.insert(found, { deed = action.data, action = action })
    end
  end
  return found
end

---@param all scholiast.Choice[]
---@param deeds string[]
---@return scholiast.Choice[]
local function among(all, deeds)
  return vim.tbl_filter(function(choice)
    return vim.tbl_contains(deeds, choice.deed.deed)
  end, all)
end

--- The key of each type: that of the configuration, else the next free digit. At a cursor in an annotation a key changes
--- its type.
---@param all scholiast.Choice[]
---@param is_cursor boolean
---@return table<string, scholiast.Choice>
local function keys(all, is_cursor)
  local changed = among(all, { "retype" })
  local made, taken = among(all, { "annotate" }), {}
  if is_cursor and #changed > 0 then
    made = changed
  end
  for _, choice in ipairs(made) do
    local own = choice.deed.key
    if own and not taken[own] then
      taken[own] = choice
    end
  end
  local free = vim.tbl_filter(function(digit)
    return not taken[digit]
  end, DIGITS)
  for _, choice in ipairs(made) do
    if not choice.deed.key and #free > 0 then
      taken[table.remove(free, 1)] = choice
    end
  end
  return taken
end

--- The buffers that are loaded and have unsaved changes.
---@return table<integer, true>
local function unsaved()
  local found = {}
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].modified then
      found[buffer] = true
    end
  end
  return found
end

---@param server vim.lsp.Client
---@param choice scholiast.Choice
local function perform(server, choice)
  if M.perform(server, choice.action) then
    last = choice.deed
  end
end

--- Makes the edit of an action, and saves what it has changed unless the text itself is to be saved yet.
---@param server vim.lsp.Client
---@param action lsp.CodeAction
---@return boolean
function M.perform(server, action)
  if not action.edit then
    action = ask(server, "codeAction/resolve", action)
  end
  if not action or not action.edit then
    return false
  end
  local before = unsaved()
  local new = companions.new_files(action.edit)
  vim.lsp.util.apply_workspace_edit(action.edit, server.offset_encoding)
  companions.trim(new)
  local touched = {}
  for buffer in pairs(unsaved()) do
    if not before[buffer] then
      -- A text that is not saved yet is saved together with its annotations later.
      if not vim.bo.modified then
        companions.write(buffer)
      end
      -- One undo each: without a break Neovim joins what a mapping changes with what the next one does.
      vim.bo[buffer].undolevels = vim.bo[buffer].undolevels
      touched[buffer] = vim.api.nvim_buf_get_changedtick(buffer)
    end
  end
  table.insert(done, touched)
  return true
end

--- Takes the last deed back, in the annotation files: the undo of an editor is of its own buffer alone.
function M.undo()
  local touched = table.remove(done)
  if not touched then
    return warn("there is no annotation to take back")
  end
  for buffer, tick in pairs(touched) do
    if not vim.api.nvim_buf_is_loaded(buffer) or vim.api.nvim_buf_get_changedtick(buffer) ~= tick then
      return warn("the last annotation cannot be taken back: its file has changed since")
    end
  end
  for buffer in pairs(touched) do
    local is_saved = not vim.bo[buffer].modified
    vim.api.nvim_buf_call(buffer, function()
      vim.cmd("silent undo")
    end)
    if is_saved then
      companions.write(buffer)
    end
  end
end

---@param server vim.lsp.Client
---@param all scholiast.Choice[]
local function pick(server, all)
  if #all == 0 then
    return warn("nothing of that kind can be done here")
  elseif #all == 1 then
    return perform(server, all[1])
  end
  vim.ui.select(all, {
    prompt = "Annotate",
    kind = "scholiast.annotation",
    format_item = function(choice)
      return choice.action.title
    end,
  }, function(choice)
    if choice then
      perform(server, choice)
    end
  end)
end

--- Ends a visual selection: what was selected is done with.
function M.end_selection()
  if vim.fn.mode():find("^[vV\22]") then
    vim.cmd.normal({ "\27", bang = true })
  end
end

---@param do_with fun(server: vim.lsp.Client, all: scholiast.Choice[], params: table)
---@param params table? the range; that of the selection or cursor without it
local function with_choices(do_with, params)
  local server = needed()
  if not server then
    return
  end
  -- Before annotation files are read again, which ends a selection.
  params = params or M.range_here(server)
  companions.look(vim.api.nvim_get_current_buf())
  local all = choices(server, params)
  M.end_selection()
  do_with(server, all, params)
end

--- Offers what can be done with the selection or the mention under the cursor; a type does it at once.
---@param kind string? type of annotation
function M.annotate(kind)
  with_choices(function(server, all)
    if not kind then
      return pick(server, all)
    end
    local of_type = vim.tbl_filter(function(choice)
      return choice.deed.type == kind
    end, among(all, { "annotate" }))
    if #of_type == 0 then
      return warn(("nothing here can be annotated as `%s`"):format(kind))
    end
    perform(server, of_type[1])
  end)
end

--- Offers what can be done of some sorts: "link", "annotate-all", "relation", "note", "attribute", "delete" and others.
---@param deeds string[]
function M.offer(deeds)
  with_choices(function(server, all)
    pick(server, among(all, deeds))
  end)
end

--- The types that can be given here, for completion of the command line.
---@return string[]
function M.types()
  local server = client()
  if not server then
    return {}
  end
  return vim.tbl_map(function(choice)
    return choice.deed.type
  end, among(choices(server, M.range_here(server)), { "annotate" }))
end

--- Does the last thing again here.
function M.again()
  with_choices(function(server, all)
    for _, choice in ipairs(all) do
      local deed = choice.deed
      if last and deed.deed == last.deed and deed.type == last.type and deed.entry == last.entry then
        return perform(server, choice)
      end
    end
    warn("there is nothing to repeat here")
  end)
end

--- The operator: `<Plug>(scholiast-annotate)` and a motion offer what can be done with the text between.
---@return string
function M.operator()
  vim.o.operatorfunc = "v:lua.require'scholiast.annotate'.operate"
  return "g@"
end

--- Called by the operator when the motion is done.
function M.operate()
  local server = needed()
  if not server then
    return
  end
  local from, to = vim.api.nvim_buf_get_mark(0, "["), vim.api.nvim_buf_get_mark(0, "]")
  pick(server, choices(server, range(server, from, to)))
end

-- The other keys of the mode.
local KEYS = {
  ["*"] = { "annotate all occurrences", { "annotate-all" } },
  [">"] = { "add a relation", { "relation" } },
  ["#"] = { "add a note", { "note" } },
  ["~"] = { "change the type or an attribute", { "retype", "attribute" } },
  ["<BS>"] = { "delete", { "delete" } },
  ["<Del>"] = { "delete", { "delete" } },
}

-- As long as a file is read in which the types are.
local READING_MS = 250

--- Presses a key of the mode that may be that of a type.
---@param pressed string
local function press(pressed)
  local is_cursor = not vim.fn.mode():find("^[vV\22]")
  with_choices(function(server, all, params)
    local choice = keys(all, is_cursor)[pressed]
    if not choice then
      -- The server may be reading the annotation file that the key before has made.
      vim.wait(READING_MS)
      choice = keys(choices(server, params), is_cursor)[pressed]
    end
    if choice then
      perform(server, choice)
    else
      warn(("the key %s means nothing here; ? lists what can be done"):format(pressed))
    end
  end)
end

--- Whether the annotate mode is on in a buffer: for a status line.
---@param buffer integer?
---@return boolean
function M.is_on(buffer)
  return modes[buffer or vim.api.nvim_get_current_buf()] ~= nil
end

--- Ends the annotate mode of the current buffer.
function M.leave()
  local buffer = vim.api.nvim_get_current_buf()
  for _, key in ipairs(modes[buffer] or {}) do
    pcall(vim.keymap.del, { "n", "x" }, key, { buffer = buffer })
  end
  modes[buffer] = nil
  vim.api.nvim_echo({ { "" } }, false, {})
end

--- Begins or ends the annotate mode of the current buffer.
function M.toggle()
  local buffer = vim.api.nvim_get_current_buf()
  if modes[buffer] then
    return M.leave()
  end
  local server = needed()
  if not server then
    return
  end
  local mapped = {}
  local function map(key, what, action)
    vim.keymap.set({ "n", "x" }, key, action, { buffer = buffer, nowait = true, desc = "scholiast: " .. what })
    table.insert(mapped, key)
  end
  for key, row in pairs(KEYS) do
    map(key, row[1], function()
      M.offer(row[2])
    end)
  end
  map(".", "do the last thing again", M.again)
  map("u", "take the last annotation back", M.undo)
  map("@", "link to an entry", function()
    require("scholiast.linking").link()
  end)
  map(")", "go to the next annotation without a link", function()
    require("scholiast.linking").step(1)
  end)
  map("(", "go to the previous annotation without a link", function()
    require("scholiast.linking").step(-1)
  end)
  map("?", "list what can be done", M.annotate)
  map("<CR>", "list what can be done", M.annotate)
  map("<Esc>", "end the annotate mode", function()
    if vim.fn.mode():find("^[vV\22]") then
      return M.end_selection()
    end
    M.leave()
  end)
  for _, digit in ipairs(DIGITS) do
    map(digit, "annotate", function()
      press(digit)
    end)
  end
  for key in pairs(M.shortcuts(server)) do
    map(key, "annotate", function()
      press(key)
    end)
  end
  modes[buffer] = mapped
  M.show_keys()
end

--- The keys that the configuration gives types, as far as they can be had here.
---@param server vim.lsp.Client
---@return table<string, string> type by key
function M.shortcuts(server)
  local found = {}
  for _, choice in ipairs(among(choices(server, M.range_here(server)), { "annotate" })) do
    if choice.deed.key then
      found[choice.deed.key] = choice.deed.type
    end
  end
  return found
end

--- Shows the keys of the types here.
function M.show_keys()
  local server = client()
  local shown = {}
  for key, choice in pairs(server and keys(choices(server, M.range_here(server)), true) or {}) do
    table.insert(shown, ("%s %s"):format(key, choice.deed.type or ""))
  end
  table.sort(shown)
  local text = #shown > 0 and table.concat(shown, "  ") or "put the cursor on a mention, or select words"
  vim.api.nvim_echo({ { "Annotate: ", "ModeMsg" }, { text .. "  (? lists everything, Esc ends)" } }, false, {})
end

return M
