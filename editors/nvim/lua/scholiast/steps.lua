-- Steps from the cursor to places in the current text.

local M = {}

--- A position of the server in the current text: line from 1, column in bytes.
---@param position lsp.Position
---@param encoding string
---@return integer[]
function M.place(position, encoding)
  local text = vim.api.nvim_buf_get_lines(0, position.line, position.line + 1, false)[1] or ""
  local column
  if vim.fn.has("nvim-0.11") == 1 then
    column = vim.str_byteindex(text, encoding, position.character, false)
  elseif encoding == "utf-8" then
    column = math.min(position.character, #text)
  else
    local _, units = vim.str_utfindex(text)
    column = vim.str_byteindex(text, math.min(position.character, units), true)
  end
  return { position.line + 1, column }
end

--- Whether a place lies before another.
---@param a integer[]
---@param b integer[]
function M.is_before(a, b)
  return a[1] < b[1] or (a[1] == b[1] and a[2] < b[2])
end

--- The place after or before the cursor.
---@param places integer[][] in order: line from 1, column in bytes
---@param by 1|-1
---@return integer[]?
function M.next(places, by)
  local cursor = vim.api.nvim_win_get_cursor(0)
  for at = by == 1 and 1 or #places, by == 1 and #places or 1, by do
    local place = places[at]
    if (by == 1 and M.is_before(cursor, place)) or (by == -1 and M.is_before(place, cursor)) then
      return place
    end
  end
end

--- Goes to a place; `''` leads back.
---@param place integer[]
function M.go(place)
  vim.cmd.normal({ "m'", bang = true })
  vim.api.nvim_win_set_cursor(0, place)
end

return M
