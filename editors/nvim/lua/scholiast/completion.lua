-- Completion of names of several words. Neovim inserts only the first word of what a server offers, and deletes what was
-- typed: it is told the whole of it.

local M = {}

---@param item lsp.CompletionItem
---@return table
local function convert(item)
  local text = item.textEdit and item.textEdit.newText
  return text and not text:find("\n") and { word = text } or {}
end

--- Sets up CTRL-X CTRL-O in a buffer. Plug-ins for completion are left alone.
---@param client_id integer
---@param buffer integer
function M.attach(client_id, buffer)
  if vim.lsp.completion and vim.lsp.completion.enable then
    vim.lsp.completion.enable(true, client_id, buffer, { autotrigger = false, convert = convert })
  end
end

return M
