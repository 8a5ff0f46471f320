-- The open differences from another annotator's set (`[compare] with` in scholiast.toml): a list, and steps.

local M = {}

local request = require("scholiast.request")

---@param on_answer fun(found: table[], server: vim.lsp.Client)
local function ask(on_answer)
  local server = request.any()
  if server then
    request.ask(server, "workspace/executeCommand", { command = "scholiast.differences", arguments = {} }, function(found)
      if not found or #found == 0 then
        return vim.notify("scholiast: there is no open difference")
      end
      on_answer(found, server)
    end)
  end
end

--- All of them in the quickfix list.
function M.list()
  ask(function(found, server)
    local items = vim.lsp.util.locations_to_items(found, server.offset_encoding)
    local messages = {}
    for _, one in ipairs(found) do
      local place = ("%s:%d:%d"):format(vim.uri_to_fname(one.uri), one.range.start.line + 1, one.range.start.character)
      messages[place] = messages[place] or {}
      table.insert(messages[place], one.message)
    end
    for _, item in ipairs(items) do
      local start = item.user_data.range.start
      local said = messages[("%s:%d:%d"):format(item.filename, start.line + 1, start.character)]
      item.text = said and table.remove(said, 1) or item.text
    end
    vim.fn.setqflist({}, " ", { title = "Differences", items = items })
    vim.cmd.copen()
  end)
end

--- Goes to the difference behind the cursor, or before it; round the end to the other one.
---@param direction 1|-1
function M.step(direction)
  local here = vim.uri_from_bufnr(0)
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  ask(function(found, server)
    local buffer = vim.uri_to_bufnr(here)
    -- Servers count characters, Neovim bytes.
    local function column_of(position)
      local text = vim.api.nvim_buf_get_lines(buffer, position.line, position.line + 1, false)[1] or ""
      return vim.lsp.util._get_line_byte_from_position
          and vim.lsp.util._get_line_byte_from_position(buffer, position, server.offset_encoding)
        or math.min(position.character, #text)
    end
    local first, last = 1, #found
    if direction < 0 then
      first, last = #found, 1
    end
    local chosen, passed
    for number = first, last, direction do
      local one = found[number]
      if one.uri == here then
        local start = one.range.start
        local at = { start.line + 1, column_of(start) }
        local is_behind = at[1] > line or (at[1] == line and at[2] > column)
        local is_before = at[1] < line or (at[1] == line and at[2] < column)
        passed = true
        if (direction > 0 and is_behind) or (direction < 0 and is_before) then
          chosen = one
          break
        end
      elseif passed then
        chosen = one
        break
      end
    end
    chosen = chosen or found[first]
    vim.cmd.normal({ "m'", bang = true })
    vim.lsp.util.show_document({ uri = chosen.uri, range = chosen.range }, server.offset_encoding, { focus = true })
    vim.notify("scholiast: " .. chosen.message)
  end)
end

return M
