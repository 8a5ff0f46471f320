-- Steps from the cursor to places in the current text.

local M = {}

--- The place after or before the cursor.
---@param places integer[][] in order: line from 1, column in bytes
---@param by 1|-1
---@return integer[]?
function M.next(places, by)
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  for at = by == 1 and 1 or #places, by == 1 and #places or 1, by do
    local place = places[at]
    local ahead = place[1] == line and place[2] - column or place[1] - line
    if ahead * by > 0 then
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
