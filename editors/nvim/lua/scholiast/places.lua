-- Lists of places: mentions, annotations, findings; and the mention under the cursor as a text object.

local M = {}

local request = require("scholiast.request")
local steps = require("scholiast.steps")
local needed, warn, ask = request.needed, request.warn, request.ask

--- Every mention of what is under the cursor, in the quickfix list with the lines around them.
function M.mentions()
  local server = needed()
  if not server then
    return
  end
  local params = vim.lsp.util.make_position_params(0, server.offset_encoding)
  params.context = { includeDeclaration = false }
  ask(server, "textDocument/references", params, function(places)
    if not places or #places == 0 then
      return warn("there is no mention under the cursor")
    end
    local items = vim.lsp.util.locations_to_items(places, server.offset_encoding)
    vim.fn.setqflist({}, " ", { title = "Mentions", items = items })
    vim.cmd.copen()
  end)
end

-- More entities than a picker is of use for; a query finds the others.
local MOST_ENTITIES = 500

--- The row of an entity in a picker: what it is called, how often it is mentioned, what it is.
---@param entity { name: string, mentions: integer, files: integer, exact: boolean, detail: string }
---@return string
local function described(entity)
  local at_most = entity.exact and "" or "up to "
  local mentions = entity.mentions == 1 and "mention" or "mentions"
  local files = entity.files == 1 and "file" or "files"
  local count = ("%s%d %s in %d %s"):format(at_most, entity.mentions, mentions, entity.files, files)
  return ("%s  %s  %s"):format(entity.name, count, entity.detail)
end

--- Chooses an entity of the registries by any of its spellings and opens its entry; the most mentioned comes first.
---@param query string?
function M.entities(query)
  local server = request.any()
  if not server then
    return
  end
  local question = { query = query or "", limit = MOST_ENTITIES }
  local params = { command = "scholiast.entities", arguments = { question } }
  ask(server, "workspace/executeCommand", params, function(list)
    if list.total == 0 then
      return warn(query and ("no entity matches “%s”"):format(query) or "the registries have no entity")
    end
    local shown = #list.entities
    vim.ui.select(list.entities, {
      prompt = shown < list.total and ("Entity (%d of %d)"):format(shown, list.total) or "Entity",
      kind = "scholiast.entity",
      format_item = described,
    }, function(entity)
      if entity then
        vim.lsp.util.show_document(entity.location, server.offset_encoding, { focus = true })
      end
    end)
  end)
end

--- All findings that are known, in the quickfix list.
function M.review()
  local items = vim.tbl_filter(function(finding)
    return finding.source == request.NAME
  end, vim.diagnostic.get())
  if #items == 0 then
    return vim.notify("scholiast: no findings")
  end
  vim.fn.setqflist({}, " ", { title = "Findings", items = vim.diagnostic.toqflist(items) })
  vim.cmd.copen()
end

--- Goes to the mention after or before the cursor in this text.
---@param by 1|-1
function M.step(by)
  local server = needed()
  if not server then
    return
  end
  local params = { textDocument = vim.lsp.util.make_text_document_params(0) }
  ask(server, "textDocument/documentSymbol", params, function(symbols)
    local next = steps.next(M.starts(symbols or {}, server.offset_encoding), by)
    if next then
      steps.go(next)
    else
      vim.notify("scholiast: there is no further mention")
    end
  end)
end

--- The beginnings of the innermost symbols, in order: line from 1, column in bytes.
---@param symbols table[]
---@param encoding string
---@return integer[][]
function M.starts(symbols, encoding)
  local starts, seen = {}, {}
  local function add(symbol)
    if symbol.children and #symbol.children > 0 then
      return vim.iter(symbol.children):each(add)
    end
    local start = steps.place((symbol.selectionRange or symbol.range or symbol.location.range).start, encoding)
    local key = table.concat(start, ":")
    if not seen[key] then
      seen[key] = true
      table.insert(starts, start)
    end
  end
  vim.iter(symbols):each(add)
  table.sort(starts, steps.is_before)
  return starts
end

--- Selects text: the visual selection is replaced, an operator takes it.
---@param place { from: integer[], to: integer[] }
local function select(place)
  if vim.fn.mode():find("[vV\22]") then
    vim.cmd.normal({ "\27", bang = true })
  end
  vim.api.nvim_win_set_cursor(0, place.from)
  vim.cmd.normal({ "v", bang = true })
  -- The last byte: the cursor goes to the letter that it belongs to.
  vim.api.nvim_win_set_cursor(0, { place.to[1], place.to[2] - 1 })
end

--- Of ranges in this buffer the smallest one around the cursor.
---@param ranges lsp.Range[]
---@param encoding string
---@return { from: integer[], to: integer[], size: integer[] }?
local function around_cursor(ranges, encoding)
  local cursor = vim.api.nvim_win_get_cursor(0)
  local best
  for _, range in ipairs(ranges) do
    local from, to = steps.place(range.start, encoding), steps.place(range["end"], encoding)
    local size = { to[1] - from[1], to[2] - from[2] }
    local is_around = not steps.is_before(cursor, from) and steps.is_before(cursor, to)
    if is_around and (not best or steps.is_before(size, best.size)) then
      best = { from = from, to = to, size = size }
    end
  end
  return best
end

--- Selects the mention under the cursor: `vim.keymap.set({ "o", "x" }, "im", …)`.
function M.select_mention()
  local server = needed()
  if not server then
    return
  end
  local params = vim.lsp.util.make_position_params(0, server.offset_encoding)
  local ranges = vim.tbl_map(function(highlight)
    return highlight.range
  end, request.ask_at_once(server, "textDocument/documentHighlight", params) or {})
  local place = around_cursor(ranges, server.offset_encoding)
  if place then
    select(place)
  end
end

--- Selects the annotation under the cursor: `vim.keymap.set({ "o", "x" }, "aa", …)`.
function M.select_annotation()
  local server = needed()
  if not server then
    return
  end
  local params = { textDocument = vim.lsp.util.make_text_document_params(0) }
  local ranges = {}
  local function add(symbol)
    if symbol.detail and symbol.detail:find("^T%d") then
      table.insert(ranges, symbol.range)
    end
    vim.iter(symbol.children or {}):each(add)
  end
  vim.iter(request.ask_at_once(server, "textDocument/documentSymbol", params) or {}):each(add)
  local place = around_cursor(ranges, server.offset_encoding)
  if place then
    select(place)
  else
    warn("there is no annotation under the cursor")
  end
end

return M
