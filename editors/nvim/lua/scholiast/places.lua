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

--- Chooses an entity of the registries by any of its spellings and opens its entry.
---@param query string?
function M.entities(query)
  local server = request.any()
  if not server then
    return
  end
  ask(server, "workspace/symbol", { query = query or "" }, function(symbols)
    vim.ui.select(symbols or {}, {
      prompt = "Entity",
      kind = "scholiast.entity",
      format_item = function(symbol)
        return ("%s  %s"):format(symbol.name, symbol.containerName or "")
      end,
    }, function(symbol)
      if symbol and vim.lsp.util.show_document then
        vim.lsp.util.show_document(symbol.location, server.offset_encoding, { focus = true })
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
    local at = (symbol.selectionRange or symbol.range or symbol.location.range).start
    local text = vim.api.nvim_buf_get_lines(0, at.line, at.line + 1, false)[1] or ""
    local column = vim.lsp.util._get_line_byte_from_position
        and vim.lsp.util._get_line_byte_from_position(0, at, encoding)
      or math.min(at.character, #text)
    local key = at.line .. ":" .. column
    if not seen[key] then
      seen[key] = true
      table.insert(starts, { at.line + 1, column })
    end
  end
  vim.iter(symbols):each(add)
  table.sort(starts, function(a, b)
    return a[1] < b[1] or (a[1] == b[1] and a[2] < b[2])
  end)
  return starts
end

--- Selects text: the visual selection is replaced, an operator takes it.
---@param item { lnum: integer, col: integer, end_lnum: integer, end_col: integer } as a quickfix list has it
local function select(item)
  if vim.fn.mode():find("[vV\22]") then
    vim.cmd.normal({ "\27", bang = true })
  end
  vim.api.nvim_win_set_cursor(0, { item.lnum, item.col - 1 })
  vim.cmd.normal({ "v", bang = true })
  -- The last byte: the cursor goes to the letter that it belongs to.
  vim.api.nvim_win_set_cursor(0, { item.end_lnum, item.end_col - 2 })
end

--- Of ranges in this buffer the smallest one around the cursor, as an item of a quickfix list.
---@param ranges lsp.Range[]
---@param encoding string
local function around_cursor(ranges, encoding)
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  local uri = vim.uri_from_bufnr(0)
  local places = vim.tbl_map(function(range)
    return { uri = uri, range = range }
  end, ranges)
  local best
  for _, item in ipairs(vim.lsp.util.locations_to_items(places, encoding)) do
    local begins = item.lnum < line or (item.lnum == line and item.col - 1 <= column)
    local ends = line < item.end_lnum or (line == item.end_lnum and column < item.end_col - 1)
    local size = { item.end_lnum - item.lnum, item.end_col - item.col }
    if begins and ends and (not best or size[1] < best.size[1] or (size[1] == best.size[1] and size[2] < best.size[2])) then
      best = vim.tbl_extend("force", item, { size = size })
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
  local item = around_cursor(ranges, server.offset_encoding)
  if item then
    select(item)
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
  local item = around_cursor(ranges, server.offset_encoding)
  if item then
    select(item)
  else
    warn("there is no annotation under the cursor")
  end
end

return M
